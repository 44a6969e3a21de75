package dev.darkroom.faults.clients;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a program wants of its client.
 *
 * @param key an idempotency key
 */
record Call(String prompt, int images, Optional<String> key) {

    /** Calls with the same prompt are farther apart than the callers of a run are many, so they seldom run at once. */
    private static final int PER_EQUAL_PROMPT = 20;

    private static final int EQUAL_CALLS = 10;
    private static final int PER_PAIR = 8;
    private static final int PER_SLOW = 50;

    /** The calls of a client. No other client has their prompts. */
    static List<Call> of(ClientPlan plan, Client client) {
        return IntStream.range(0, plan.calls())
                .mapToObj(number -> new Call(
                        "%s, %s".formatted(client, prompt(number)),
                        number % PER_PAIR == PER_PAIR - 1 ? 2 : 1,
                        client.hasKey() ? Optional.of("%s-%d".formatted(client.name(), number)) : Optional.empty()))
                .toList();
    }

    private static String prompt(int number) {
        if (number % PER_EQUAL_PROMPT == 0) {
            return "herd %d".formatted(number / (PER_EQUAL_PROMPT * EQUAL_CALLS));
        }
        // Longer than a request may take, so that the gateway has to answer "ask again".
        var time = number % PER_SLOW == PER_SLOW - 1 ? " [35 s]" : "";
        return "call %d%s".formatted(number, time);
    }
}
