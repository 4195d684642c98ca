# docker build -t workload-gateway .                                               for this machine
# docker buildx build --platform linux/amd64,linux/arm64 -t REGISTRY/workload-gateway --push .   for both architectures

# The SDK runs on the machine that builds, whatever the image is for.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
ARG TARGETARCH
WORKDIR /source

# What restore reads comes first: this layer is made again only when a package or a reference changes.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/Gateway.Core/Gateway.Core.csproj src/Gateway.Core/
COPY src/Gateway.Embedded/Gateway.Embedded.csproj src/Gateway.Embedded/
COPY src/Gateway.Api/Gateway.Api.csproj src/Gateway.Api/
RUN dotnet restore src/Gateway.Api --arch $TARGETARCH --os linux -p:PublishReadyToRun=true

COPY .editorconfig ./
COPY src src
ARG VERSION=0.1.0
RUN dotnet publish src/Gateway.Api --no-restore --configuration Release --arch $TARGETARCH --os linux --no-self-contained --output /app \
    -p:PublishReadyToRun=true -p:UseAppHost=false -p:DebugType=none -p:Version=$VERSION

# No shell, no package manager, and a user of its own (1654). Kubernetes asks /healthz; the image has no HEALTHCHECK.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="workload-gateway" \
      org.opencontainers.image.description="Turns one JSON document into a Kubernetes Job or StatefulSet for the Run:ai or KAI scheduler" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION
WORKDIR /app
COPY --from=build /app .
# On every address of the container, with the embedded cluster too, which listens on the machine alone otherwise.
ENV ASPNETCORE_URLS=http://*:8080 ASPNETCORE_HTTP_PORTS=
# Each thread would keep native memory of its own: 15 MB more after a while (docs/performance.md).
ENV MALLOC_ARENA_MAX=2
EXPOSE 8080 8081
USER 1654
ENTRYPOINT ["dotnet", "Gateway.Api.dll"]
