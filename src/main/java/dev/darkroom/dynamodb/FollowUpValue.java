package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.generation.FollowUp;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Converts a follow-up to a map in the list that a generation's item has, and back. */
final class FollowUpValue {

    private FollowUpValue() {}

    static AttributeValue of(FollowUp followUp) {
        return AttributeValue.fromM(Map.of(
                Attributes.KIND, text(followUp.action().kind()),
                Attributes.TARGET, text(followUp.action().target()),
                Attributes.SINCE, time(followUp.since()),
                Attributes.ATTEMPTS, number(followUp.attempts()),
                Attributes.NEXT_AT, time(followUp.nextAt())));
    }

    /** A kind that this version of the gateway does not know, as after a rollback, makes the whole row unreadable. */
    static FollowUp read(AttributeValue value) {
        var map = value.m();
        return new FollowUp(
                FollowUp.Action.of(
                        Values.required(map, Attributes.KIND).s(),
                        Values.required(map, Attributes.TARGET).s()),
                time(Values.required(map, Attributes.SINCE)),
                Math.toIntExact(number(Values.required(map, Attributes.ATTEMPTS))),
                time(Values.required(map, Attributes.NEXT_AT)));
    }
}
