package dev.darkroom.dynamodb;

import dev.darkroom.domain.Status;
import java.util.Map;

/** Every condition and update that is sent to the table. {@code status} is a reserved word, hence {@code #status}. */
final class Expressions {

    static final String INDEX = "due";

    static final Map<String, String> STATUS_ALIAS = Map.of("#status", Attributes.STATUS);

    static final String NEW_ROW = "attribute_not_exists(id)";
    static final String NOT_MOVED_ON = "version = :before";
    static final String DUE = "dueShard = :shard AND dueAt BETWEEN :from AND :until";

    static final String LEASE_IS_FREE_OR_OURS = "attribute_not_exists(id) OR leaseUntil <= :now OR holder = :holder";
    static final String TAKE_LEASE = "SET holder = :holder, leaseUntil = :until";
    static final String LEASE_IS_OURS = "holder = :holder";
    static final String RELEASE_LEASE = "SET leaseUntil = :never";

    static final String FREE_OR_OURS = "attribute_not_exists(takenBy) OR takenBy = :row";
    static final String TAKE = "SET takenBy = :row, expiresAt = :expiresAt";
    static final String STILL_THEIRS = "takenBy = :from OR takenBy = :row";

    static final String BUDGET_UNTOUCHED = "attribute_not_exists(id) OR version = :before";
    static final String CHANGE_BUDGET = "SET version = :version, changeId = :change, budget = :budget";

    static final String KEYS_INDEX = "keys";
    static final String ALL_KEYS = "kind = :kind";
    static final String KEY_EXISTS = "attribute_exists(id)";
    static final String DISABLE_KEY = "SET disabled = :true";

    private static final String STEP = "SET #status = :status, version = :version";
    private static final String OWED = ", dueShard = :dueShard, dueAt = :dueAt";
    private static final String AWAITED = ", taskTokens = :taskTokens";
    private static final String NOTHING_OWED = "dueShard, dueAt, taskTokens";
    private static final String FINISHED = ", finishedAt = :finishedAt, expiresAt = :expiresAt";

    private Expressions() {}

    /** How the row becomes what it is in this status, whatever it was before; {@code awaited} when tasks wait for it. */
    static String into(Status status, boolean awaited) {
        var owed = OWED + (awaited ? AWAITED : "");
        var noTasks = awaited ? "" : ", taskTokens";
        return switch (status) {
            case ACCEPTED ->
                STEP + owed + ", refusedSince = :refusedSince, lastError = :lastError"
                        + " REMOVE claim, claimedAt, claimExpiresAt, sentAt, giveUpAt"
                        + noTasks;
            case SUBMITTING ->
                STEP + owed + ", claim = :claim, claimedAt = :claimedAt, claimExpiresAt = :claimExpiresAt"
                        + " REMOVE refusedSince, lastError" + noTasks;
            case UNCONFIRMED ->
                STEP + owed + ", claim = :claim, sentAt = :sentAt, giveUpAt = :giveUpAt, lastError = :lastError"
                        + " REMOVE claimedAt, claimExpiresAt" + noTasks;
            case PROCESSING ->
                STEP + owed + ", predictionId = :predictionId, submittedAt = :submittedAt"
                        + " REMOVE claim, claimedAt, claimExpiresAt, sentAt, giveUpAt, lastError" + noTasks;
            case COMPLETED ->
                STEP + FINISHED + ", outputs = :outputs, nsfw = :nsfw, inferenceMs = :inferenceMs"
                        + (awaited ? owed : " REMOVE " + NOTHING_OWED);
            case FAILED ->
                STEP + FINISHED + ", failureCode = :failureCode, failureText = :failureText"
                        + (awaited ? owed + " REMOVE " : " REMOVE " + NOTHING_OWED + ", ")
                        + "refusedSince, lastError, giveUpAt, claim, claimedAt, claimExpiresAt, sentAt";
        };
    }
}
