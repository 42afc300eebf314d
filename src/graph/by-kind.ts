/** One function for each kind of a union: a missing one does not compile. `Rest`: what each is given beside the member. */
export type ByKind<Member extends { readonly kind: string }, Result, Rest extends readonly unknown[] = []> = {
  readonly [Kind in Member["kind"]]: (member: Extract<Member, { readonly kind: Kind }>, ...rest: Rest) => Result;
};

/** What the table's function for the member's kind gives. */
export function byKind<Member extends { readonly kind: string }, Result, Rest extends readonly unknown[] = []>(
  table: ByKind<Member, Result, Rest>,
  member: Member,
  ...rest: Rest
): Result {
  // Member and function share the kind; TypeScript cannot pair the members of the two unions.
  const handle = table[member.kind as Member["kind"]] as (member: Member, ...rest: Rest) => Result;
  return handle(member, ...rest);
}
