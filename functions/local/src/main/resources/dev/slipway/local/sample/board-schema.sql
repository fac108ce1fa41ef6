-- One schema for each service, with the tables as Prisma makes them.
CREATE SCHEMA auth;
CREATE SCHEMA tenants;
CREATE SCHEMA datasets;
CREATE SCHEMA analytics;
CREATE SCHEMA dashboards;

CREATE TYPE auth."Provider" AS ENUM ('PASSWORD', 'MICROSOFT');
CREATE TYPE tenants."Role" AS ENUM ('OWNER', 'ADMIN', 'ANALYST', 'VIEWER');
CREATE TYPE datasets."DatasetStatus" AS ENUM ('UPLOADED', 'READY', 'FAILED');
CREATE TYPE dashboards."WidgetKind" AS ENUM ('TABLE', 'BAR', 'LINE', 'MAP', 'FIGURE');

CREATE TABLE auth."User" (
    "id" SERIAL NOT NULL,
    "publicId" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "provider" auth."Provider" NOT NULL DEFAULT 'PASSWORD',
    "passwordHash" BYTEA,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE auth."Session" (
    "id" BIGSERIAL NOT NULL,
    "userId" INTEGER NOT NULL,
    "device" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE tenants."Tenant" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}'
);

CREATE TABLE tenants."Membership" (
    "tenantId" INTEGER NOT NULL,
    "userId" INTEGER NOT NULL,
    "role" tenants."Role" NOT NULL DEFAULT 'VIEWER'
);

CREATE TABLE tenants."Invitation" (
    "id" BIGSERIAL NOT NULL,
    "tenantId" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE datasets."Dataset" (
    "id" BIGSERIAL NOT NULL,
    "tenantId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "status" datasets."DatasetStatus" NOT NULL DEFAULT 'UPLOADED',
    "labels" TEXT[],
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE datasets."Column" (
    "id" BIGSERIAL NOT NULL,
    "datasetId" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "statistics" JSONB,
    "mean" DOUBLE PRECISION
);

-- What Prisma makes of a relation of many to many: no primary key.
CREATE TABLE datasets."_DatasetToTag" (
    "A" BIGINT NOT NULL,
    "B" TEXT NOT NULL
);

CREATE TABLE analytics."Event" (
    "id" BIGSERIAL NOT NULL,
    "tenantId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "properties" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE analytics."Result" (
    "datasetId" BIGINT NOT NULL,
    "lines" BIGINT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "sha256" BYTEA NOT NULL,
    "total" DECIMAL(65,30) NOT NULL,
    "at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE analytics."SavedQuery" (
    "id" SERIAL NOT NULL,
    "tenantId" INTEGER NOT NULL,
    "text" TEXT NOT NULL
);

CREATE TABLE dashboards."Dashboard" (
    "id" BIGSERIAL NOT NULL,
    "tenantId" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "layout" JSONB NOT NULL DEFAULT '[]',
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE dashboards."Widget" (
    "id" UUID NOT NULL,
    "dashboardId" BIGINT NOT NULL,
    "kind" dashboards."WidgetKind" NOT NULL,
    "options" JSONB NOT NULL
);
