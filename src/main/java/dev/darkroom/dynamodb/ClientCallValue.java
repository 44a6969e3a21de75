package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.required;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallState;
import dev.darkroom.core.joining.ClientCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Converts a call to a map, and back. The item of a record has such a map for each call, under the id of its
 * generation.
 */
final class ClientCallValue {

    private static final Logger LOG = Logger.getLogger(ClientCallValue.class);

    private ClientCallValue() {}

    static AttributeValue of(ClientCall call) {
        var map = new HashMap<>(
                Map.of(Attributes.REQUESTS, number(call.requests()), Attributes.HOLDER, text(call.holder())));
        switch (call.state()) {
            case CallState.Held(var begunAt, var _, var until, var owed) -> {
                map.put(Attributes.BEGUN_AT, time(begunAt));
                map.put(Attributes.HELD_UNTIL, time(until));
                map.put(Attributes.OWED, AttributeValue.fromBool(owed));
            }
            case CallState.Owed(var begunAt, var _, var since) -> {
                map.put(Attributes.BEGUN_AT, time(begunAt));
                map.put(Attributes.OWED_SINCE, time(since));
            }
            case CallState.Answered(var _, var at) -> map.put(Attributes.ANSWERED_AT, time(at));
        }
        return AttributeValue.fromM(map);
    }

    static CallRecord record(Map<String, AttributeValue> item) {
        var calls = new ArrayList<ClientCall>();
        var unreadable = new HashSet<GenerationId>();
        item.forEach((name, value) -> GenerationId.parse(name).ifPresent(id -> {
            try {
                calls.add(call(id, value.m()));
            } catch (RuntimeException e) {
                // It was damaged, or written by another version. Requests would fail at it for as long as it is there.
                LOG.errorf(e, "call-unreadable %s", id);
                unreadable.add(id);
            }
        }));
        return new CallRecord(calls, unreadable);
    }

    private static ClientCall call(GenerationId id, Map<String, AttributeValue> map) {
        return new ClientCall(id, Math.toIntExact(number(required(map, Attributes.REQUESTS))), state(map));
    }

    private static CallState state(Map<String, AttributeValue> map) {
        var holder = Objects.requireNonNull(required(map, Attributes.HOLDER).s());
        var answeredAt = Optional.ofNullable(map.get(Attributes.ANSWERED_AT));
        if (answeredAt.isPresent()) {
            return new CallState.Answered(holder, time(answeredAt.get()));
        }
        var begunAt = time(required(map, Attributes.BEGUN_AT));
        var owedSince = Optional.ofNullable(map.get(Attributes.OWED_SINCE));
        return owedSince.isPresent()
                ? new CallState.Owed(begunAt, holder, time(owedSince.get()))
                : new CallState.Held(
                        begunAt,
                        holder,
                        time(required(map, Attributes.HELD_UNTIL)),
                        required(map, Attributes.OWED).bool());
    }
}
