ALTER TABLE auth."User" ADD CONSTRAINT "User_pkey" PRIMARY KEY ("id");
ALTER TABLE auth."Session" ADD CONSTRAINT "Session_pkey" PRIMARY KEY ("id");
ALTER TABLE tenants."Tenant" ADD CONSTRAINT "Tenant_pkey" PRIMARY KEY ("id");
ALTER TABLE tenants."Membership" ADD CONSTRAINT "Membership_pkey" PRIMARY KEY ("tenantId", "userId");
ALTER TABLE tenants."Invitation" ADD CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id");
ALTER TABLE datasets."Dataset" ADD CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id");
ALTER TABLE datasets."Column" ADD CONSTRAINT "Column_pkey" PRIMARY KEY ("id");
ALTER TABLE analytics."Event" ADD CONSTRAINT "Event_pkey" PRIMARY KEY ("id");
ALTER TABLE analytics."Result" ADD CONSTRAINT "Result_pkey" PRIMARY KEY ("datasetId");
ALTER TABLE analytics."SavedQuery" ADD CONSTRAINT "SavedQuery_pkey" PRIMARY KEY ("id");
ALTER TABLE dashboards."Dashboard" ADD CONSTRAINT "Dashboard_pkey" PRIMARY KEY ("id");
ALTER TABLE dashboards."Widget" ADD CONSTRAINT "Widget_pkey" PRIMARY KEY ("id");

CREATE UNIQUE INDEX "User_email_key" ON auth."User" ("email");
CREATE UNIQUE INDEX "Tenant_slug_key" ON tenants."Tenant" ("slug");
CREATE UNIQUE INDEX "_DatasetToTag_AB_unique" ON datasets."_DatasetToTag" ("A", "B");
CREATE INDEX "_DatasetToTag_B_index" ON datasets."_DatasetToTag" ("B");
CREATE INDEX "Dataset_tenantId_idx" ON datasets."Dataset" ("tenantId");
CREATE INDEX "Event_tenantId_at_idx" ON analytics."Event" ("tenantId", "at" DESC);

ALTER TABLE auth."Session" ADD CONSTRAINT "Session_userId_fkey"
    FOREIGN KEY ("userId") REFERENCES auth."User" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenants."Membership" ADD CONSTRAINT "Membership_tenantId_fkey"
    FOREIGN KEY ("tenantId") REFERENCES tenants."Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE tenants."Invitation" ADD CONSTRAINT "Invitation_tenantId_fkey"
    FOREIGN KEY ("tenantId") REFERENCES tenants."Tenant" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE datasets."Column" ADD CONSTRAINT "Column_datasetId_fkey"
    FOREIGN KEY ("datasetId") REFERENCES datasets."Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE datasets."_DatasetToTag" ADD CONSTRAINT "_DatasetToTag_A_fkey"
    FOREIGN KEY ("A") REFERENCES datasets."Dataset" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE dashboards."Widget" ADD CONSTRAINT "Widget_dashboardId_fkey"
    FOREIGN KEY ("dashboardId") REFERENCES dashboards."Dashboard" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

SELECT setval(pg_get_serial_sequence('auth."User"', 'id'), max("id")) FROM auth."User";
SELECT setval(pg_get_serial_sequence('auth."Session"', 'id'), max("id")) FROM auth."Session";
SELECT setval(pg_get_serial_sequence('tenants."Tenant"', 'id'), max("id")) FROM tenants."Tenant";
SELECT setval(pg_get_serial_sequence('tenants."Invitation"', 'id'), max("id")) FROM tenants."Invitation";
SELECT setval(pg_get_serial_sequence('datasets."Dataset"', 'id'), max("id")) FROM datasets."Dataset";
SELECT setval(pg_get_serial_sequence('datasets."Column"', 'id'), max("id")) FROM datasets."Column";
SELECT setval(pg_get_serial_sequence('analytics."Event"', 'id'), max("id")) FROM analytics."Event";
SELECT setval(pg_get_serial_sequence('analytics."SavedQuery"', 'id'), max("id")) FROM analytics."SavedQuery";
SELECT setval(pg_get_serial_sequence('dashboards."Dashboard"', 'id'), max("id")) FROM dashboards."Dashboard";
ANALYZE;
