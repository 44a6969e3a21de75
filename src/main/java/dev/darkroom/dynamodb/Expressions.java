package dev.darkroom.dynamodb;

import dev.darkroom.core.generation.Generation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Every condition and update that is sent to the table. {@code status} and {@code input} are reserved words, hence
 * {@code #status} and {@code #input}.
 */
final class Expressions {

    static final String DUE_INDEX = "due";

    private static final Set<String> RESERVED = Set.of(Attributes.STATUS, Attributes.INPUT);

    static final String STATUS_ONLY = "#status";
    static final Map<String, String> STATUS_ALIAS = Map.of(STATUS_ONLY, Attributes.STATUS);

    static final String NEW_ROW = "attribute_not_exists(id)";
    static final String VERSION_UNCHANGED = "version = :before";
    static final String DUE = "dueShard = :partition AND dueAt BETWEEN :from AND :until";

    static final String LEASE_EXPIRED_OR_OURS = "attribute_not_exists(id) OR leaseUntil <= :now OR holder = :holder";
    static final String ACQUIRE_LEASE = "SET holder = :holder, leaseUntil = :until";
    static final String LEASE_OURS = "holder = :holder";
    static final String RELEASE_LEASE = "SET leaseUntil = :never";

    static final String UNCLAIMED_OR_OURS = "attribute_not_exists(claimedBy) OR claimedBy = :row";
    static final String CLAIM_PREDICTION = "SET claimedBy = :row, expiresAt = :expiresAt";
    static final String CLAIMED_BY_FROM_OR_US = "claimedBy = :from OR claimedBy = :row";

    static final String GATE_UNCHANGED = "attribute_not_exists(id) OR version = :before";
    static final String CHANGE_GATE = "SET version = :version, changeId = :change, gate = :gate";
    static final String ADD_PROVIDER = "ADD providers :provider";

    /** {@code length} is a reserved word. */
    static final String LENGTH_ALIAS = "#length";

    /** An owner's name may begin with a digit, and contain hyphens. */
    static final String OWNER_ALIAS = "#owner";

    static final String ENQUEUE_BEHIND_OTHERS = "gate.#length > :none AND changeId <> :change"
            + " AND (attribute_not_exists(gate.lastRounds.#owner) OR gate.lastRounds.#owner < :maxRound)";

    /** What {@link dev.darkroom.core.ratelimit.FairQueue#enqueue} does. */
    static final String ENQUEUE = "SET version = version + :one, changeId = :change, gate.lastQueuedAt = :now,"
            + " gate.lastRounds.#owner = if_not_exists(gate.lastRounds.#owner, gate.round) + :one,"
            + " gate.#length = gate.#length + :one";

    static final String HAS_ROOM = "committed <= :room";
    static final String NEW_OR_HAS_ROOM = "attribute_not_exists(committed) OR " + HAS_ROOM;
    static final String POST_COMMITTED = "ADD committed :committed";
    static final String POST = POST_COMMITTED + ", spent :spent";
    static final String KEEP_UNTIL = "SET expiresAt = :expiresAt ";
    static final String NOT_REPORTED = "attribute_exists(id) AND attribute_not_exists(reported)";
    static final String MARK_REPORTED = "SET reported = :true";

    static final String SET_WEBHOOKS = "SET version = :version, secrets = :secrets, endpoints = :endpoints";

    static final String OWNER_INDEX = "byOwner";
    static final String OF_OWNER = "listedOwner = :owner AND createdAt BETWEEN :from AND :until";

    static final String OF_LISTED = "listedOwner = :listed";
    static final String OF_LISTED_AT = OF_LISTED + " AND createdAt = :at";

    /** A generation's id may begin with a digit. */
    static final String CALL_ALIAS = "#call";

    static final String NEW_CALL = "attribute_not_exists(#call)";
    static final String NEW_CALL_AND_NOTHING_OWED = "attribute_not_exists(#call) AND attribute_not_exists(owed)";
    static final String ADD_CALL = "SET #call = :call, expiresAt = :expiresAt";
    static final String CALL_UNCHANGED =
            "#call.holder = :holder AND #call.requests = :requests" + " AND attribute_not_exists(#call.answeredAt)";
    static final String REPLACE_OWED_CALL = "SET #call = :call, expiresAt = :expiresAt ADD owed :ids";
    static final String CALL_EXISTS = "attribute_exists(#call)";
    static final String REQUESTS_UNCHANGED = "#call.requests = :requests";
    static final String JOIN_CALL = "SET #call.requests = #call.requests + :one, expiresAt = :expiresAt";
    static final String REMOVE_CALL = "SET expiresAt = :expiresAt REMOVE #call DELETE owed :ids";

    static final String KEYS_INDEX = "keys";
    static final String ALL_KEYS = "kind = :kind";
    static final String KEY_EXISTS = "attribute_exists(id)";
    static final String KEY_USED = "SET usedOn = :day";
    static final String DISABLE_KEY = "SET disabled = :true";

    /** The attributes that a state may have; an update removes those that the new state does not have. */
    private static final List<String> STATE_ATTRIBUTES = List.of(
            Attributes.DUE_SHARD,
            Attributes.DUE_AT,
            Attributes.FOLLOW_UPS,
            Attributes.IMAGES,
            Attributes.CLAIM,
            Attributes.CLAIM_EXPIRES_AT,
            Attributes.SENT_AT,
            Attributes.SENT_TO,
            Attributes.REFUSED_SINCE,
            Attributes.REFUSED_AT,
            Attributes.LAST_ERROR,
            Attributes.DOUBT,
            Attributes.DOUBTED_SINCE);

    /** The further attributes that a deleted row does not have. */
    private static final List<String> DELETED_ATTRIBUTES =
            List.of(Attributes.METADATA, Attributes.REQUEST_DIGEST, Attributes.DELIVERIES, Attributes.TRACEPARENT);

    private Expressions() {}

    /**
     * Sets the attributes that the row's state has and removes those that it does not have, whatever the row's state
     * was before.
     *
     * @param next the row. Of a deleted one the attributes of its request are removed as well
     */
    static String updateFor(Set<String> present, Generation next) {
        var set = present.stream().map(Expressions::assignment).collect(Collectors.joining(", ", "SET ", ""));
        var gone = Stream.concat(STATE_ATTRIBUTES.stream(), deletedAttributes(next))
                .filter(name -> !present.contains(name))
                .collect(Collectors.joining(", "));
        return gone.isEmpty() ? set : set + " REMOVE " + gone;
    }

    /** The end of a row decides when it expires. A writer with another retention must not change that. */
    private static String assignment(String name) {
        return name.equals(Attributes.EXPIRES_AT)
                ? "expiresAt = if_not_exists(expiresAt, :expiresAt)"
                : (RESERVED.contains(name) ? "#" : "") + name + " = :" + name;
    }

    private static Stream<String> deletedAttributes(Generation next) {
        if (!next.isDeleted()) {
            return Stream.of();
        }
        return next.isListed()
                ? DELETED_ATTRIBUTES.stream()
                : Stream.concat(Stream.of(Attributes.LISTED_OWNER), DELETED_ATTRIBUTES.stream());
    }

    /** The aliases that {@link #updateFor} uses; the table refuses any that are not used. */
    static Map<String, String> aliasesFor(Set<String> present) {
        return present.stream()
                .filter(RESERVED::contains)
                .collect(Collectors.toUnmodifiableMap(name -> "#" + name, Function.identity()));
    }

    /** The values of {@link #updateFor}, over the version {@code before}. */
    static Map<String, AttributeValue> valuesFor(Map<String, AttributeValue> attributes, long before) {
        var values = new HashMap<>(valuesOf(attributes));
        values.put(":before", Values.number(before));
        return values;
    }

    /** Notes that a call was answered, and removes the calls with these aliases. */
    static String answerCall(Set<String> forgotten) {
        var removed = forgotten.stream().map(alias -> ", " + alias).collect(Collectors.joining());
        return "SET #call.answeredAt = :at, expiresAt = :expiresAt"
                + " REMOVE #call.begunAt, #call.heldUntil, #call.owed, #call.owedSince" + removed
                + " DELETE owed :ids";
    }

    /** An update that sets the attributes that are present and removes the others of {@code all}. */
    static String replacing(Set<String> present, List<String> all) {
        var set = present.stream().map("%1$s = :%1$s"::formatted).collect(Collectors.joining(", ", "SET ", ""));
        var gone = all.stream().filter(name -> !present.contains(name)).collect(Collectors.joining(", "));
        return gone.isEmpty() ? set : set + " REMOVE " + gone;
    }

    /** An update that creates an item; each name needs its alias, because some are reserved. */
    static String creationOf(Set<String> attributes) {
        return attributes.stream().map("#%1$s = :%1$s"::formatted).collect(Collectors.joining(", ", "SET ", ""));
    }

    /** The end of an update, which adds to numbers. */
    static String adding(Set<String> attributes) {
        return attributes.stream().map("#%1$s :%1$s"::formatted).collect(Collectors.joining(", ", " ADD ", ""));
    }

    static Map<String, String> aliasesOfAll(Set<String> attributes) {
        return attributes.stream().collect(Collectors.toUnmodifiableMap(name -> "#" + name, Function.identity()));
    }

    static Map<String, AttributeValue> valuesOf(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(attribute -> ":" + attribute.getKey(), Map.Entry::getValue));
    }
}
