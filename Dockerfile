# The sources run as they are (tsx strips the types), so the image is the tree and its packages. Temporal and Postgres
# are beside it: docker-compose.yml.
FROM node:22.21.1-bookworm-slim

ENV NODE_ENV=production TZ=UTC
WORKDIR /app
RUN chown node:node /app
USER node

COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

COPY --chown=node:node tsconfig.json ./
COPY --chown=node:node bin ./bin
COPY --chown=node:node demo ./demo
COPY --chown=node:node src ./src
RUN mkdir .tieout

# A worker. It is told by its environment: TIEOUT_CONFIG, DATABASE_URL, TEMPORAL_ADDRESS and the secrets of .env.example.
CMD ["node", "--import", "tsx", "src/workers/main.ts"]
