# docker build -t corefile .
# docker run --rm -v "$PWD:/work" corefile lint deploy/
# kubectl get configmap coredns -n kube-system -o yaml | docker run --rm -i corefile lint -
# docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" corefile fmt --write deploy/
#
# The program is committed and needs nothing but Node. There is no git in the image, which `lint --changed` would need.
FROM gcr.io/distroless/nodejs24-debian12:nonroot

COPY LICENSE dist/THIRD_PARTY_LICENSES /corefile/
COPY dist/cli.mjs /corefile/
COPY dist/chunks/cli /corefile/chunks/cli/

WORKDIR /work
ENTRYPOINT ["/nodejs/bin/node", "/corefile/cli.mjs"]
CMD ["--help"]
