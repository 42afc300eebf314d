import { inspectPlans } from "../src/plan/inspection.ts";
import { planVerifier } from "../src/plan/verify.ts";

// Runs before every test file: each plan that a test compiles, or divides among threads, is verified.
inspectPlans(planVerifier);
