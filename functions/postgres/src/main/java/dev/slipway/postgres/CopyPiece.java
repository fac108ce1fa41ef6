package dev.slipway.postgres;

/** What one session of a copy does in one transaction. */
sealed interface CopyPiece permits TableChunk, IndexScript {
    CopyLedger.Part part();
}
