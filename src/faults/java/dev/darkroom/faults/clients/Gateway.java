package dev.darkroom.faults.clients;

import dev.darkroom.local.Platform;
import java.net.URI;
import java.util.Random;

/** What is behind the line. */
interface Gateway {

    URI address();

    /** Whether an image of this prompt was requested from the provider. */
    boolean hasSubmitted(String prompt);

    /** Ends the work on a request, chosen by {@code random}; false when there is none. */
    boolean killOneAtWork(Random random);

    /** This gateway on the local platform. */
    record Local(Platform platform) implements Gateway {

        @Override
        public URI address() {
            return platform.address();
        }

        @Override
        public boolean hasSubmitted(String prompt) {
            var simulator = platform.simulator();
            return simulator.predictions().stream()
                    .anyMatch(prediction -> simulator.prompt(prediction).equals(prompt));
        }

        @Override
        public boolean killOneAtWork(Random random) {
            return platform.killOneAtWork("submit-generation", random);
        }
    }
}
