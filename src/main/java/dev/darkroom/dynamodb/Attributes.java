package dev.darkroom.dynamodb;

/**
 * The names of the table's attributes. Times are milliseconds since 1970, but for {@code expiresAt}: seconds, as TTL wants. The
 * {@code dueAt} of a row that waits for its turn is its turn.
 */
final class Attributes {

    static final String ID = "id";
    static final String OWNER = "owner";
    static final String TASK_TOKENS = "taskTokens";
    static final String MODEL = "model";
    static final String INPUT = "input";
    static final String STATUS = "status";
    static final String VERSION = "version";
    static final String CREATED_AT = "createdAt";
    static final String DUE_SHARD = "dueShard";
    static final String DUE_AT = "dueAt";
    static final String GIVE_UP_AT = "giveUpAt";
    static final String CLAIM = "claim";
    static final String CLAIM_EXPIRES_AT = "claimExpiresAt";
    static final String PREDICTION_ID = "predictionId";
    static final String SUBMITTED_AT = "submittedAt";
    static final String OUTPUTS = "outputs";
    static final String NSFW = "nsfw";
    static final String INFERENCE_MILLIS = "inferenceMs";
    static final String FAILURE_CODE = "failureCode";
    static final String FAILURE_TEXT = "failureText";
    static final String FINISHED_AT = "finishedAt";
    static final String EXPIRES_AT = "expiresAt";
    static final String TAKEN_BY = "takenBy";
    static final String CLAIMED_AT = "claimedAt";
    static final String SENT_AT = "sentAt";
    static final String LEASE_HOLDER = "holder";
    static final String LEASE_UNTIL = "leaseUntil";
    static final String REFUSED_SINCE = "refusedSince";
    static final String LAST_ERROR = "lastError";
    static final String SHARES_AT = "sharesAt";
    static final String BUDGET = "budget";
    static final String CHANGE_ID = "changeId";
    static final String NEXT_IMAGE_AT = "nextImageAt";
    static final String IN_FLIGHT = "inFlight";
    static final String REFUSALS = "refusals";
    static final String REFUSED_AT = "refusedAt";
    static final String PAUSED_UNTIL = "pausedUntil";
    static final String ROUND = "round";
    static final String LAST_TURNS = "lastTurns";
    static final String WAITING = "waiting";
    static final String QUEUED_AT = "queuedAt";
    static final String KIND = "kind";
    static final String SHA_256 = "sha256";
    static final String DISABLED = "disabled";

    private Attributes() {}
}
