/** One resource record, owner fully qualified. */
export interface ResourceRecord {
    readonly name: string;
    /** Seconds. */
    readonly ttl: number;
    readonly type: string;
    /** In presentation format, as dig prints it. */
    readonly data: string;
}
/** Rcodes that have no kind of their own. */
export type OtherRcode = 'FORMERR' | 'NOTIMP' | 'YXDOMAIN' | 'YXRRSET' | 'NXRRSET' | 'NOTAUTH' | 'NOTZONE' | 'BADVERS' | string;
/** How one of several upstreams is chosen. */
export type UpstreamPolicy = 'random' | 'round_robin' | 'sequential' | 'favourite' | 'all';
/** What becomes of a reply on the way back, whose data lies elsewhere: the upstream's, the cluster's, a file's. */
export interface ReplyChange {
    /** Where it applies: an rcode of that reply (`NXDOMAIN`), or `*` for every reply. */
    readonly when: string;
    /**
     * What the client gets instead, in words that are equal where the effect is equal; the first one says of what: `rcode NOERROR`, `no
     * AAAA`, `owner a.example.` (of the records), `alias a.example.` (a CNAME from that name in front), `AAAA of A with 64:ff9b::/96`, `ttl`,
     * and `names`, `values` and `cname` for what rules of `rewrite` do to the data.
     */
    readonly becomes: string;
}
/**
 * What a client gets, as far as the configuration tells. Data that lies elsewhere (an upstream, the cluster, a file that was not given)
 * stays a symbol: two outcomes are equal when the client cannot tell them apart, whatever is there.
 */
export type Outcome = 
/** Records out of the configuration itself, or out of files and services that were given. A CNAME to elsewhere is an alias. */
{
    readonly kind: 'records';
    readonly records: readonly ResourceRecord[];
}
/** A CNAME, and what its target gives (`reached`, null where it gives nothing) through the same server; the records of both come in one reply. */
 | {
    readonly kind: 'alias';
    readonly records: readonly ResourceRecord[];
    readonly target: string;
    readonly reached: Outcome | null;
} | {
    readonly kind: 'nodata';
}
/** No answer but the name servers of a zone below: NS records, and addresses of theirs that are known. */
 | {
    readonly kind: 'referral';
    readonly records: readonly ResourceRecord[];
} | {
    readonly kind: 'nxdomain';
} | {
    readonly kind: 'refused';
} | {
    readonly kind: 'servfail';
    readonly reason: string;
} | {
    readonly kind: 'rcode';
    readonly rcode: OtherRcode;
    readonly records: readonly ResourceRecord[];
} | UpstreamOutcome
/** Answered from the objects of a cluster where it has the name, else `otherwise`. */
 | {
    readonly kind: 'cluster';
    readonly zone: string;
    /** What the cluster is asked; differs from the query where a rewrite changed it. */
    readonly name: string;
    readonly type: string;
    readonly changes: readonly ReplyChange[];
    readonly otherwise: Outcome;
}
/** Answered from a zone file (or a transferred zone) that was not given; `otherwise` for names that it does not have and passes on. */
 | {
    readonly kind: 'file';
    readonly zone: string;
    readonly path: string;
    readonly name: string;
    readonly type: string;
    readonly changes: readonly ReplyChange[];
    readonly otherwise: Outcome;
} | {
    readonly kind: 'etcd';
    readonly zone: string;
    readonly prefix: string;
    readonly name: string;
    readonly type: string;
    readonly changes: readonly ReplyChange[];
    readonly otherwise: Outcome;
}
/** No reply at all. */
 | {
    readonly kind: 'dropped';
    readonly reason: string;
}
/** Nobody can say from what is known; the reason is a sentence without a full stop. */
 | {
    readonly kind: 'unknown';
    readonly reason: string;
};
/** Answered by whoever is asked. */
export interface UpstreamOutcome {
    readonly kind: 'upstream';
    /** As `ADDRESS:PORT`, `tls://ADDRESS:PORT`, `https://..`, or `resolv.conf PATH` for what that file names, in the order of the configuration. */
    readonly upstreams: readonly string[];
    readonly policy: UpstreamPolicy;
    /** What the upstream is asked; differs from the query where a rewrite changed it. */
    readonly asks: {
        readonly name: string;
        readonly type: string;
    };
    readonly changes: readonly ReplyChange[];
    /** Rcodes for which another of the upstreams is asked, the last one's answer counting; none where there is but one upstream. */
    readonly failover: readonly string[];
    /** What happens instead where the upstream answers one of these rcodes, or `NODATA` (forward's `next`). */
    readonly next: {
        readonly rcodes: readonly string[];
        readonly outcome: Outcome;
    } | null;
}
