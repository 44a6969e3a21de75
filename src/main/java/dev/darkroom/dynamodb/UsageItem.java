package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.text.Sha256;
import dev.darkroom.core.usage.UsageCount;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.core.usage.UsageGroup;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * The counters of one group, {@code usage#<owner>#<day>#<digest of the group>}. Every group of a day is in the index
 * {@code byOwner} under the name {@code usage#<day>}, which no owner can have, and sorted by a time of the day that
 * follows from its owner. So one entry is found by those who ask about all owners, and by its owner without the entries
 * of others. Neither key of the index changes, so a group costs one write unit there, once.
 */
final class UsageItem {

    private static final String PREFIX = "usage#";

    /** In days. A report of the last year needs no more. */
    private static final int KEPT = 400;

    private static final int DIGEST_DIGITS = 16;

    private UsageItem() {}

    /** The update that adds to the counters of a group, or makes them. */
    static TransactWriteItem adding(String table, UsageEntry entry) {
        var counts = counts(entry.count());
        var fixed = fixed(entry.group());
        var values = new HashMap<>(Expressions.valuesOf(fixed));
        values.putAll(Expressions.valuesOf(counts));
        var names = new HashMap<>(Expressions.aliasesOfAll(fixed.keySet()));
        names.putAll(Expressions.aliasesOfAll(counts.keySet()));
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(entry.group()))
                        .updateExpression(Expressions.creationOf(fixed.keySet()) + Expressions.adding(counts.keySet()))
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values))
                .build();
    }

    static Map<String, AttributeValue> key(UsageGroup group) {
        return Map.of(Attributes.ID, text(id(group)));
    }

    private static Map<String, AttributeValue> counts(UsageCount count) {
        return Map.of(
                Attributes.GENERATIONS, number(count.generations()),
                Attributes.FAILED, number(count.failed()),
                Attributes.MADE_IMAGES, number(count.images()),
                Attributes.CHARGED, number(count.chargedMicros()));
    }

    private static Map<String, AttributeValue> fixed(UsageGroup group) {
        var fixed = new HashMap<>(Map.of(
                Attributes.LISTED_OWNER, partition(group.day()),
                Attributes.CREATED_AT, sortKey(group.day(), group.owner()),
                Attributes.OWNER, text(group.owner().value()),
                Attributes.MODEL, text(group.model().value()),
                Attributes.EXPIRES_AT, number(start(group.day().plusDays(KEPT)).getEpochSecond())));
        group.key().ifPresent(key -> fixed.put(Attributes.API_KEY, text(key.value())));
        if (!group.metadata().isEmpty()) {
            var pairs = new HashMap<String, AttributeValue>();
            group.metadata().forEach((name, value) -> pairs.put(name, text(value)));
            fixed.put(Attributes.METADATA, AttributeValue.fromM(pairs));
        }
        return fixed;
    }

    /** The key of the index {@code byOwner} under which the groups of a day are. */
    static AttributeValue partition(LocalDate day) {
        return text(PREFIX + day);
    }

    /** A time of the day, the same for all groups of the owner. Two owners may have the same. */
    static AttributeValue sortKey(LocalDate day, Owner owner) {
        var digest = Sha256.digest().digest(owner.value().getBytes(StandardCharsets.UTF_8));
        long number = Integer.toUnsignedLong(ByteBuffer.wrap(digest).getInt());
        return time(start(day).plusMillis(number % Duration.ofDays(1).toMillis()));
    }

    /** How the ids of an owner's groups begin. */
    static String prefix(Owner owner) {
        return PREFIX + owner + "#";
    }

    private static String id(UsageGroup group) {
        var parts = new StringBuilder();
        parts.append(group.key().map(ApiKeyId::value).orElse("")).append('\n').append(group.model());
        // A name or a value has no control characters.
        new TreeMap<>(group.metadata())
                .forEach((name, value) ->
                        parts.append('\n').append(name).append('\n').append(value));
        var digest = Sha256.digest().digest(parts.toString().getBytes(StandardCharsets.UTF_8));
        return prefix(group.owner())
                + group.day()
                + "#"
                + HexFormat.of().formatHex(digest).substring(0, DIGEST_DIGITS);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    static UsageEntry read(Map<String, AttributeValue> item) {
        var metadata = new HashMap<String, String>();
        Optional.ofNullable(item.get(Attributes.METADATA))
                .ifPresent(pairs -> pairs.m().forEach((name, value) -> metadata.put(name, value.s())));
        return new UsageEntry(
                new UsageGroup(
                        LocalDate.ofInstant(time(Values.required(item, Attributes.CREATED_AT)), ZoneOffset.UTC),
                        new Owner(Values.required(item, Attributes.OWNER).s()),
                        Optional.ofNullable(item.get(Attributes.API_KEY)).map(key -> new ApiKeyId(key.s())),
                        new ModelId(Values.required(item, Attributes.MODEL).s()),
                        metadata),
                new UsageCount(
                        number(Values.required(item, Attributes.GENERATIONS)),
                        number(Values.required(item, Attributes.FAILED)),
                        number(Values.required(item, Attributes.MADE_IMAGES)),
                        number(Values.required(item, Attributes.CHARGED))));
    }
}
