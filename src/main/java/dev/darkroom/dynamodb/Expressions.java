package dev.darkroom.dynamodb;

import dev.darkroom.domain.Status;
import java.util.Map;

/** Every condition and update that is sent to the table. {@code status} is a reserved word, hence {@code #status}. */
final class Expressions {

    static final String INDEX = "due";

    static final Map<String, String> STATUS_ALIAS = Map.of("#status", Attributes.STATUS);

    static final String NEW_ROW = "attribute_not_exists(id)";
    static final String NOT_MOVED_ON = "version = :before";
    static final String DUE_BEFORE = "dueShard = :shard AND dueAt <= :until";

    static final String LEASE_IS_FREE_OR_OURS = "attribute_not_exists(id) OR leaseUntil <= :now OR holder = :holder";
    static final String TAKE_LEASE = "SET holder = :holder, leaseUntil = :until";
    static final String LEASE_IS_OURS = "holder = :holder";
    static final String RELEASE_LEASE = "SET leaseUntil = :never";

    private static final String STEP = "SET #status = :status, version = :version";
    private static final String OWED = ", dueShard = :dueShard, dueAt = :dueAt";
    private static final String FINISHED = ", finishedAt = :finishedAt, expiresAt = :expiresAt";

    private Expressions() {}

    /** How the row becomes what it is in this status, whatever it was before. */
    static String into(Status status) {
        return switch (status) {
            case ACCEPTED ->
                STEP + OWED + ", submitAt = :submitAt, giveUpAt = :giveUpAt, refusals = :refusals"
                        + " REMOVE claim, claimExpiresAt";
            case SUBMITTING ->
                STEP + OWED + ", claim = :claim, claimExpiresAt = :claimExpiresAt REMOVE submitAt, giveUpAt, refusals";
            case UNCONFIRMED -> STEP + OWED + ", claim = :claim, giveUpAt = :giveUpAt REMOVE claimExpiresAt";
            case PROCESSING ->
                STEP + OWED + ", predictionId = :predictionId, submittedAt = :submittedAt"
                        + " REMOVE claim, claimExpiresAt, giveUpAt";
            case COMPLETED ->
                STEP + FINISHED + ", outputs = :outputs, nsfw = :nsfw, inferenceMs = :inferenceMs"
                        + " REMOVE dueShard, dueAt";
            case FAILED ->
                STEP + FINISHED + ", failureCode = :failureCode, failureText = :failureText"
                        + " REMOVE dueShard, dueAt, submitAt, giveUpAt, refusals, claim, claimExpiresAt";
        };
    }
}
