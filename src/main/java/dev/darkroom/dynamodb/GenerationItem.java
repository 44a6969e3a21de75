package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Doubt;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.RequestDigest;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.generation.TraceParent;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts a generation to an item of the table, and back. */
final class GenerationItem {

    private final int shards;
    private final Duration retention;

    GenerationItem(int shards, Duration retention) {
        this.shards = shards;
        this.retention = retention;
    }

    /** The whole item of a new row. */
    Map<String, AttributeValue> toItem(Generation generation) {
        var item = updateAttributes(generation);
        item.put(Attributes.ID, text(generation.id().value()));
        item.put(Attributes.OWNER, text(generation.owner().value()));
        if (generation.isListed()) {
            item.put(Attributes.LISTED_OWNER, text(generation.owner().value()));
        }
        var original = generation.request().original();
        if (original != null) {
            item.put(Attributes.COPY_OF, text(original.value()));
        }
        item.put(Attributes.MODEL, text(generation.request().model().value()));
        item.put(Attributes.PROVIDER, text(generation.request().provider().value()));
        item.put(Attributes.INPUT, text(generation.request().input()));
        if (!generation.request().metadata().pairs().isEmpty()) {
            item.put(Attributes.METADATA, MetadataValue.of(generation.request().metadata()));
        }
        if (generation.request().copies() > 1) {
            item.put(Attributes.COPIES, number(generation.request().copies()));
        }
        var link = generation.request().link();
        if (link != null) {
            item.put(Attributes.LINK_TOKEN, text(link.value()));
        }
        var digest = generation.request().digest();
        if (digest != null) {
            item.put(Attributes.REQUEST_DIGEST, text(digest.value()));
        }
        var key = generation.request().key();
        if (key != null) {
            item.put(Attributes.API_KEY, text(key.value()));
        }
        generation.request().callersTrace().ifPresent(trace -> item.put(Attributes.TRACEPARENT, text(trace.value())));
        item.put(Attributes.CREATED_AT, time(generation.createdAt()));
        return item;
    }

    /** The attributes that a step sets. */
    Map<String, AttributeValue> updateAttributes(Generation generation) {
        var item = new HashMap<String, AttributeValue>();
        item.put(Attributes.STATUS, text(generation.state().status().name()));
        item.put(Attributes.VERSION, number(generation.version()));
        if (generation.dueAt() != null) {
            item.put(
                    Attributes.DUE_SHARD, text(Shard.of(generation.id(), shards).name()));
            item.put(Attributes.DUE_AT, time(generation.dueAt()));
        }
        if (generation.state() instanceof State.Queued queued) {
            item.put(Attributes.DUE_SHARD, text(new DueIndexPartition.Queue(generation.provider()).name()));
            item.put(Attributes.DUE_AT, number(queued.round()));
        }
        if (!generation.followUps().isEmpty()) {
            item.put(Attributes.FOLLOW_UPS, list(generation.followUps(), FollowUpValue::of));
        }
        if (generation.isDeleted()) {
            item.put(Attributes.INPUT, text(generation.request().input()));
            if (generation.isListed()) {
                item.put(Attributes.LISTED_OWNER, text(generation.owner().value()));
            }
        }
        if (!generation.events().entries().isEmpty()) {
            item.put(Attributes.EVENTS, EventsValue.of(generation.events(), generation.createdAt()));
        }
        generation.knownCost().ifPresent(cost -> item.put(Attributes.COST, CostValue.of(cost)));
        if (!generation.deliveries().isEmpty()) {
            item.put(Attributes.DELIVERIES, list(generation.deliveries().deliveries(), DeliveryValue::of));
        }
        item.putAll(attributes(generation.state()));
        // Without the row its price could never be released.
        if (generation.knownCost().filter(Cost::countsForEver).isPresent()) {
            item.remove(Attributes.EXPIRES_AT);
        }
        return item;
    }

    private Map<String, AttributeValue> attributes(State state) {
        return switch (state) {
            // The round is stored in dueAt, the row's place in the index.
            case State.Queued(var _, var refusal, var earlier) -> {
                var queued = new HashMap<String, AttributeValue>();
                if (refusal != null) {
                    queued.put(Attributes.REFUSED_SINCE, time(refusal.since()));
                    queued.put(Attributes.REFUSED_AT, time(refusal.lastAt()));
                    queued.put(Attributes.LAST_ERROR, text(refusal.reason()));
                }
                if (earlier != null) {
                    queued.putAll(attributes(earlier));
                }
                yield queued;
            }
            case State.Submitting(var attempt, var expiresAt) -> {
                var submitting = new HashMap<>(attributes(attempt));
                submitting.put(Attributes.CLAIM_EXPIRES_AT, time(expiresAt));
                yield submitting;
            }
            case State.Unconfirmed(var attempt, var reason) -> {
                var unconfirmed = new HashMap<>(attributes(attempt));
                unconfirmed.put(Attributes.LAST_ERROR, text(reason));
                yield unconfirmed;
            }
            case State.Processing(var predictionId, var submittedAt, var upstreamPath, var doubt) -> {
                var processing = new HashMap<>(Map.of(
                        Attributes.PREDICTION_ID, text(predictionId.value()),
                        Attributes.SUBMITTED_AT, time(submittedAt),
                        Attributes.SENT_TO, text(upstreamPath)));
                if (doubt != null) {
                    processing.put(Attributes.DOUBT, text(doubt.kind().name()));
                    processing.put(Attributes.DOUBTED_SINCE, time(doubt.since()));
                }
                yield processing;
            }
            // The row has the prediction's id already.
            case State.Completed(var _, var outputs, var inference, var finishedAt) -> {
                var completed = new HashMap<>(Map.of(
                        Attributes.OUTPUTS, list(outputs, output -> text(output.url())),
                        Attributes.NSFW, list(outputs, output -> AttributeValue.fromBool(output.nsfw())),
                        Attributes.INFERENCE_MILLIS, number(inference.toMillis()),
                        Attributes.FINISHED_AT, time(finishedAt),
                        Attributes.EXPIRES_AT, expiry(finishedAt)));
                if (ImageCopyValue.isNeeded(outputs)) {
                    completed.put(Attributes.IMAGES, list(outputs, output -> ImageCopyValue.of(output.copy())));
                }
                yield completed;
            }
            case State.Failed(var _, var failure, var finishedAt) ->
                Map.of(
                        Attributes.FAILURE_CODE, text(failure.code()),
                        Attributes.FAILURE_TEXT, text(failure.text()),
                        Attributes.FINISHED_AT, time(finishedAt),
                        Attributes.EXPIRES_AT, expiry(finishedAt));
            case State.Cancelled(var finishedAt) ->
                Map.of(Attributes.FINISHED_AT, time(finishedAt), Attributes.EXPIRES_AT, expiry(finishedAt));
        };
    }

    private static Map<String, AttributeValue> attributes(Attempt attempt) {
        return Map.of(
                Attributes.CLAIM, text(attempt.claim()),
                Attributes.SENT_AT, time(attempt.sentAt()),
                Attributes.SENT_TO, text(attempt.upstreamPath()));
    }

    private AttributeValue expiry(Instant finishedAt) {
        return number(finishedAt.plus(retention).getEpochSecond());
    }

    private static <T> AttributeValue list(List<T> elements, Function<T, AttributeValue> value) {
        return AttributeValue.fromL(elements.stream().map(value).toList());
    }

    static Generation fromItem(Map<String, AttributeValue> item) {
        var state = state(item);
        var dueAt = state instanceof State.Queued ? null : item.get(Attributes.DUE_AT);
        var createdAt = time(Values.required(item, Attributes.CREATED_AT));
        return new Generation(
                new GenerationId(Values.required(item, Attributes.ID).s()),
                new Owner(Values.required(item, Attributes.OWNER).s()),
                new GenerationRequest(
                        new ModelId(Values.required(item, Attributes.MODEL).s()),
                        new ProviderId(
                                Values.required(item, Attributes.PROVIDER).s()),
                        Values.required(item, Attributes.INPUT).s(),
                        copies(item),
                        MetadataValue.read(item.get(Attributes.METADATA)),
                        original(item),
                        link(item),
                        digest(item),
                        key(item),
                        trace(item)),
                createdAt,
                number(Values.required(item, Attributes.VERSION)),
                dueAt == null ? null : time(dueAt),
                state,
                followUps(item),
                EventsValue.read(item.get(Attributes.EVENTS), createdAt),
                CostValue.read(item.get(Attributes.COST)),
                DeliveryValue.log(item.get(Attributes.DELIVERIES)));
    }

    private static int copies(Map<String, AttributeValue> item) {
        var copies = item.get(Attributes.COPIES);
        return copies == null ? 1 : Math.toIntExact(number(copies));
    }

    private static @Nullable GenerationId original(Map<String, AttributeValue> item) {
        var original = item.get(Attributes.COPY_OF);
        return original == null ? null : new GenerationId(original.s());
    }

    private static @Nullable LinkToken link(Map<String, AttributeValue> item) {
        var token = item.get(Attributes.LINK_TOKEN);
        return token == null ? null : new LinkToken(token.s());
    }

    private static @Nullable RequestDigest digest(Map<String, AttributeValue> item) {
        var digest = item.get(Attributes.REQUEST_DIGEST);
        return digest == null ? null : new RequestDigest(digest.s());
    }

    private static @Nullable ApiKeyId key(Map<String, AttributeValue> item) {
        var key = item.get(Attributes.API_KEY);
        return key == null ? null : new ApiKeyId(key.s());
    }

    /** A value that cannot be read is not there, because a row has to be readable whatever its trace is. */
    private static @Nullable TraceParent trace(Map<String, AttributeValue> item) {
        var trace = item.get(Attributes.TRACEPARENT);
        return trace == null ? null : TraceParent.of(trace.s()).orElse(null);
    }

    private static State state(Map<String, AttributeValue> item) {
        return switch (Status.valueOf(Values.required(item, Attributes.STATUS).s())) {
            case QUEUED ->
                new State.Queued(
                        number(Values.required(item, Attributes.DUE_AT)),
                        refusal(item),
                        item.containsKey(Attributes.CLAIM) ? attempt(item) : null);
            case SUBMITTING ->
                new State.Submitting(attempt(item), time(Values.required(item, Attributes.CLAIM_EXPIRES_AT)));
            case UNCONFIRMED -> new State.Unconfirmed(attempt(item), lastError(item));
            case PROCESSING ->
                new State.Processing(
                        new PredictionId(
                                Values.required(item, Attributes.PREDICTION_ID).s()),
                        time(Values.required(item, Attributes.SUBMITTED_AT)),
                        Values.required(item, Attributes.SENT_TO).s(),
                        doubt(item));
            case COMPLETED ->
                new State.Completed(
                        new PredictionId(
                                Values.required(item, Attributes.PREDICTION_ID).s()),
                        outputs(item),
                        Duration.ofMillis(number(Values.required(item, Attributes.INFERENCE_MILLIS))),
                        time(Values.required(item, Attributes.FINISHED_AT)));
            case FAILED ->
                new State.Failed(
                        predictionId(item),
                        new Failure(
                                Values.required(item, Attributes.FAILURE_CODE).s(),
                                Values.required(item, Attributes.FAILURE_TEXT).s()),
                        time(Values.required(item, Attributes.FINISHED_AT)));
            case CANCELLED -> new State.Cancelled(time(Values.required(item, Attributes.FINISHED_AT)));
        };
    }

    private static List<FollowUp> followUps(Map<String, AttributeValue> item) {
        var owed = item.get(Attributes.FOLLOW_UPS);
        return owed == null
                ? List.of()
                : owed.l().stream().map(FollowUpValue::read).toList();
    }

    private static List<Output> outputs(Map<String, AttributeValue> item) {
        var urls = Values.required(item, Attributes.OUTPUTS).l();
        var nsfw = Values.required(item, Attributes.NSFW).l();
        var copies = item.get(Attributes.IMAGES);
        var outputs = new ArrayList<Output>();
        for (int i = 0; i < urls.size(); i++) {
            outputs.add(new Output(urls.get(i).s(), nsfw.get(i).bool(), ImageCopyValue.read(copies, i)));
        }
        return outputs;
    }

    private static State.@Nullable Refusal refusal(Map<String, AttributeValue> item) {
        var since = item.get(Attributes.REFUSED_SINCE);
        return since == null
                ? null
                : new State.Refusal(time(since), time(Values.required(item, Attributes.REFUSED_AT)), lastError(item));
    }

    private static Attempt attempt(Map<String, AttributeValue> item) {
        return new Attempt(
                Values.required(item, Attributes.CLAIM).s(),
                time(Values.required(item, Attributes.SENT_AT)),
                Values.required(item, Attributes.SENT_TO).s());
    }

    private static @Nullable Doubt doubt(Map<String, AttributeValue> item) {
        var kind = item.get(Attributes.DOUBT);
        return kind == null
                ? null
                : new Doubt(Doubt.Kind.valueOf(kind.s()), time(Values.required(item, Attributes.DOUBTED_SINCE)));
    }

    /** The reason is not needed to read the row, so it may be missing. */
    private static String lastError(Map<String, AttributeValue> item) {
        var text = item.get(Attributes.LAST_ERROR);
        return text == null ? "" : text.s();
    }

    private static @Nullable PredictionId predictionId(Map<String, AttributeValue> item) {
        var value = item.get(Attributes.PREDICTION_ID);
        return value == null ? null : new PredictionId(value.s());
    }
}
