package dev.darkroom.faults.clients;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What the calls of a client were charged, and what reached the client. The numbers are of images, except for requests
 * and errors.
 *
 * @param requests that the client sent
 * @param charged by the provider
 * @param delivered charged images that a client has given to its program
 * @param shared how many more a program has been given, because equal calls got the same images
 * @param errors calls that ended without images, by the error of the client
 */
record Account(
        int requests,
        int asked,
        int charged,
        int delivered,
        int shared,
        Map<String, Long> errors,
        List<String> problems) {

    Account {
        errors = Map.copyOf(errors);
        problems = List.copyOf(problems);
    }

    /** {@code charged} has the prompt of each image that was paid for, by the image's SHA-256. */
    static Account of(Client client, List<Call> calls, List<Outcome> outcomes, Map<String, String> charged) {
        var given =
                outcomes.stream().flatMap(outcome -> outcome.images().stream()).toList();
        var delivered = new HashSet<>(given);
        var problems = new ArrayList<String>();
        delivered.stream()
                .filter(image -> !charged.containsKey(image))
                .map("delivered, and charged to no call: %s"::formatted)
                .forEach(problems::add);
        if (outcomes.size() != calls.size()) {
            problems.add("%d calls, and %d outcomes".formatted(calls.size(), outcomes.size()));
        }
        if (client.isPaidOnce()) {
            problems.addAll(chargedTwice(calls, outcomes, charged));
        }
        return new Account(
                outcomes.stream().mapToInt(Outcome::requests).sum(),
                calls.stream().mapToInt(Call::images).sum(),
                charged.size(),
                delivered.size(),
                given.size() - delivered.size(),
                outcomes.stream().filter(Outcome::hasGivenUp).collect(groupingBy(Outcome::error, counting())),
                problems);
    }

    /** A call that was given images is charged those, and one that has ended without is charged no more than it wanted. */
    private static List<String> chargedTwice(List<Call> calls, List<Outcome> outcomes, Map<String, String> charged) {
        var allowed = outcomes.stream()
                .collect(groupingBy(
                        outcome -> calls.get(outcome.call()).prompt(),
                        summingLong(outcome -> outcome.hasGivenUp()
                                ? calls.get(outcome.call()).images()
                                : outcome.images().size())));
        return charged.values().stream().collect(groupingBy(prompt -> prompt, counting())).entrySet().stream()
                .filter(prompt -> prompt.getValue() > allowed.getOrDefault(prompt.getKey(), 0L))
                .map("charged more images than its calls wanted: %s"::formatted)
                .toList();
    }

    long gaveUp() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The images that reached no client. A person can fetch them, if nothing is lost. */
    int left() {
        return charged - delivered;
    }
}
