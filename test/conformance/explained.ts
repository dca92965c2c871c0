/** Why we and a server still disagree, by the id of the case. Each was looked up in the source of the release. */
export const explained: Readonly<Record<string, string>> = {}
