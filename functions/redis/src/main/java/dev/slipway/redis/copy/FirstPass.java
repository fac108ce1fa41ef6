package dev.slipway.redis.copy;

import dev.slipway.migration.Finding;
import dev.slipway.migration.exception.CopyFailed;
import dev.slipway.redis.replication.NoReplication;
import dev.slipway.redis.replication.Reading;
import dev.slipway.redis.replication.ReplicaLink;

/** Brings everything for the first time, in the way that was chosen; by SCAN where the source ends the other. */
record FirstPass(KeyCopy.Job job, int jobs, String what) {

    /** Since when it is to be told whether the source was written to. */
    Stillness run(Reading reading, boolean comparing) {
        job.tally().reading(reading.toString());
        return switch (reading) {
            case Reading.ByScan scan -> scan(comparing);
            case Reading.ByReplication(boolean asked) -> {
                try {
                    yield replicate(comparing);
                } catch (NoReplication e) {
                    if (asked) {
                        throw new CopyFailed(
                                what + " by replication",
                                e.reason(),
                                "copy again, or leave ?read=replication out of the source's URL",
                                e);
                    }
                    yield scanInstead(e.reason());
                }
            }
        };
    }

    private Stillness scan(boolean comparing) {
        Stillness before = Stillness.of(job.source());
        ScanPass.ofAll(job, jobs, comparing);
        return before;
    }

    private Stillness replicate(boolean comparing) throws NoReplication {
        try (ReplicaLink link = ReplicaLink.ask(job.source(), ScanPass.LARGE)) {
            link.await();
            Stillness since = Stillness.sinceSave(job.source());
            new ReplicationPass(job, jobs, comparing).run(link);
            return since;
        }
    }

    private Stillness scanInstead(String reason) {
        job.tally()
                .found(Finding.warning(
                        "replication",
                        "The source was to be read by replication, but " + reason
                                + ": it was read by SCAN. Nothing is missing; ?read=scan in its URL does so at once."));
        job.tally().begin();
        job.tally().reading("by SCAN");
        return scan(true);
    }
}
