/** The releases that the values were compared with, oldest first; before 1.6.2 CoreDNS does not build from its module. */
export const RELEASES = [
  ...['1.6.2', '1.6.9', '1.8.3', '1.8.4', '1.8.6', '1.9.0', '1.9.4', '1.11.1', '1.11.4'],
  ...['1.13.1', '1.13.2', '1.14.2', '1.14.4', '1.14.5', '1.15.0'],
]
