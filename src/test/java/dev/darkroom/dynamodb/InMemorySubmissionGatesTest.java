package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemorySubmissionGates;
import dev.darkroom.core.ratelimit.SubmissionGates;

class InMemorySubmissionGatesTest extends SubmissionGatesContract {

    private final InMemorySubmissionGates gates = new InMemorySubmissionGates();

    @Override
    SubmissionGates gates() {
        return gates;
    }
}
