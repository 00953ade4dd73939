# Build: the program with its pages inside. Run: the program alone, as a user without rights.
FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin phach

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
 && useradd --system --home /var/lib/phach --create-home phach
COPY --from=build /src/target/release/phach /usr/local/bin/phach
USER phach
ENV PHACH_DATA=/var/lib/phach PHACH_LISTEN=0.0.0.0:8080
VOLUME /var/lib/phach
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["phach", "health"]
ENTRYPOINT ["phach"]
CMD ["serve"]
