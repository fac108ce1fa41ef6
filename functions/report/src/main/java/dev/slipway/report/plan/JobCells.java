package dev.slipway.report.plan;

import dev.slipway.migration.plan.PlannedJob;
import java.util.Optional;

/** A job, as texts. */
record JobCells(String name, String image, Optional<String> command, String size, String runs) {
    static JobCells of(PlannedJob job) {
        return new JobCells(
                job.name(),
                job.image(),
                ServiceCells.command(job.command()),
                Words.size(job.cpu(), job.memoryMib()),
                job.schedule().orElse("once, before the services start"));
    }
}
