/** Why we and a server still disagree, by the id of the case. Each was looked up in the source of the release. */
export const explained: Readonly<Record<string, string>> = {
  'forward-855bf152': 'whether a name resolves through a resolver of its own is for the network to say: we say unknown',
}
