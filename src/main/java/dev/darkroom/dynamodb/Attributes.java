package dev.darkroom.dynamodb;

/**
 * The names of the table's attributes. Times are milliseconds since 1970, except {@code expiresAt}: seconds, as TTL
 * requires. A queued row has the name of its provider's queue in {@code dueShard}, and its round in {@code dueAt}. Only
 * generations of callers that are not deleted have a {@code listedOwner}, so the index {@code byOwner} has nothing
 * else. A copy has the id of its generation in {@code copyOf}.
 */
final class Attributes {

    static final String ID = "id";
    static final String OWNER = "owner";
    static final String LISTED_OWNER = "listedOwner";
    static final String METADATA = "metadata";
    static final String FOLLOW_UPS = "followUps";
    static final String EVENTS = "events";
    static final String TARGET = "target";
    static final String SINCE = "since";
    static final String ATTEMPTS = "attempts";
    static final String NEXT_AT = "nextAt";
    static final String DELIVERIES = "deliveries";
    static final String DELIVERY_OUTCOME = "outcome";
    static final String SECRETS = "secrets";
    static final String ENDPOINTS = "endpoints";
    static final String ADDRESS = "address";
    static final String WEBHOOK_EVENTS = "webhookEvents";
    static final String DISABLED_AT = "disabledAt";
    static final String BY_RECEIVER = "byReceiver";
    static final String UNTIL = "until";
    static final String MODEL = "model";
    static final String PROVIDER = "provider";
    static final String INPUT = "input";
    static final String COPIES = "copies";
    static final String COPY_OF = "copyOf";
    static final String LINK_TOKEN = "linkToken";
    static final String REQUEST_DIGEST = "requestDigest";
    static final String STATUS = "status";
    static final String VERSION = "version";
    static final String CREATED_AT = "createdAt";
    static final String DUE_SHARD = "dueShard";
    static final String DUE_AT = "dueAt";
    static final String CLAIM = "claim";
    static final String CLAIM_EXPIRES_AT = "claimExpiresAt";
    static final String PREDICTION_ID = "predictionId";
    static final String SUBMITTED_AT = "submittedAt";
    static final String OUTPUTS = "outputs";
    static final String NSFW = "nsfw";
    static final String IMAGES = "images";
    static final String IMAGE_ROW = "imageRow";
    static final String IMAGE_NUMBER = "imageNumber";
    static final String BYTES = "bytes";
    static final String CONTENT_TYPE = "type";
    static final String WIDTH = "width";
    static final String HEIGHT = "height";
    static final String MARKS = "marks";
    static final String VALUE = "value";
    static final String NOT_COPIED = "notCopied";
    static final String NOT_ALLOWED = "notAllowed";
    static final String INFERENCE_MILLIS = "inferenceMs";
    static final String FAILURE_CODE = "failureCode";
    static final String FAILURE_TEXT = "failureText";
    static final String FINISHED_AT = "finishedAt";
    static final String EXPIRES_AT = "expiresAt";
    static final String CLAIMED_BY = "claimedBy";
    static final String SENT_AT = "sentAt";
    static final String HOLDER = "holder";
    static final String LEASE_UNTIL = "leaseUntil";
    static final String REFUSED_SINCE = "refusedSince";
    static final String LAST_ERROR = "lastError";
    static final String REFUSED_AT = "refusedAt";
    static final String SENT_TO = "sentTo";
    static final String DOUBT = "doubt";
    static final String DOUBTED_SINCE = "doubtedSince";
    static final String GATE = "gate";
    static final String PROVIDERS = "providers";
    static final String CHANGE_ID = "changeId";
    static final String NEXT_IMAGE_AT = "nextImageAt";
    static final String CIRCUITS = "circuits";
    static final String OPENINGS = "openings";
    static final String OPENED_AT = "openedAt";
    static final String OPEN_UNTIL = "openUntil";
    static final String PROBE_UNTIL = "probeUntil";
    static final String ROUND = "round";
    static final String LAST_ROUNDS = "lastRounds";
    static final String LENGTH = "length";
    static final String LAST_QUEUED_AT = "lastQueuedAt";
    static final String BEGUN_AT = "begunAt";
    static final String REQUESTS = "requests";
    static final String HELD_UNTIL = "heldUntil";
    static final String OWED = "owed";
    static final String OWED_SINCE = "owedSince";
    static final String ANSWERED_AT = "answeredAt";
    static final String KIND = "kind";
    static final String SHA_256 = "sha256";
    static final String DISABLED = "disabled";
    static final String KEY_ROLE = "keyRole";
    static final String KEY_EXPIRES_AT = "keyExpiresAt";
    static final String USED_ON = "usedOn";
    static final String GENERATIONS = "generations";
    static final String FAILED = "failed";
    static final String MADE_IMAGES = "madeImages";
    static final String CHARGED = "charged";
    static final String API_KEY = "apiKey";
    static final String TRACEPARENT = "traceparent";
    static final String COST = "cost";
    static final String COMMITTED = "committed";
    static final String REPORTED = "reported";
    static final String SPENT = "spent";
    static final String MAX_BUDGET = "maxBudget";
    static final String SOFT_BUDGET = "softBudget";
    static final String BUDGET_PERIOD = "budgetPeriod";
    static final String SHARED_BUDGET = "sharedBudget";

    private Attributes() {}
}
