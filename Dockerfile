# syntax=docker/dockerfile:1
# docs/operating.md says how to run it: as an unprivileged user, on a read-only root, with a volume at /app/data.
ARG NODE_IMAGE=node:20.20-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
# A compiler, for where better-sqlite3 has no ready-made binary.
RUN apt-get update \
 && apt-get install -y --no-install-recommends build-essential python3 \
 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json ./
# Of all packages only better-sqlite3 has to run a script to be installed.
RUN npm ci --ignore-scripts --no-audit --no-fund \
 && npm rebuild better-sqlite3 --foreground-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.web.json vite.config.ts ./
COPY tools ./tools
COPY src ./src
RUN npm run -s build \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY LICENSE ./
COPY catalog ./catalog
# All that is written at run time; a volume takes over the owner of the folder that it is mounted on.
RUN mkdir data && chown node:node data
VOLUME /app/data
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1: it gets SIGTERM, and ends what it has begun.
ENTRYPOINT ["node", "dist/cli/postbell.js"]
CMD ["start"]
