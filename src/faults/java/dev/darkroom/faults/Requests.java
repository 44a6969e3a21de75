package dev.darkroom.faults;

import dev.darkroom.faults.audit.Row;
import dev.darkroom.local.provider.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests of a run, by prompt: requests with the same prompt have to end alike. */
final class Requests {

    private static final int NEIGHBOURS = 10;
    private static final int MAX_IMAGES = 4;
    private static final int WAYS_OUT = 3;

    private final Map<String, Request> byPrompt;

    Requests(List<Request> requests) {
        byPrompt = requests.stream()
                .collect(Collectors.toUnmodifiableMap(Request::prompt, request -> request, (one, _) -> one));
    }

    boolean has(Row row) {
        return byPrompt.containsKey(row.prompt());
    }

    Request of(Row row) {
        return of(row.prompt());
    }

    /** Throws when no request has this prompt. */
    Request of(String prompt) {
        return Optional.ofNullable(byPrompt.get(prompt))
                .orElseThrow(() -> new IllegalArgumentException("no request has the prompt " + prompt));
    }

    /**
     * Every tenth request shares its prompt with others, because rows with the same input must not get each other's
     * images. The permanent faults are spread evenly.
     */
    static List<Request> mixed(Plan plan) {
        var requests = new ArrayList<Request>();
        for (int i = 0; i < plan.generations(); i++) {
            var key = "key-" + i;
            requests.add(
                    i % NEIGHBOURS == 0
                            ? Request.healthy(key, "a herd, %d".formatted(i / (NEIGHBOURS * NEIGHBOURS)), 1)
                            : Request.healthy(key, "cat %d".formatted(i), 1 + i % MAX_IMAGES));
        }
        for (int i = 0; i < plan.lasting(); i++) {
            var fault = LastingFault.ALL.get(i % LastingFault.ALL.size());
            int place = (int) ((long) requests.size() * i / plan.lasting());
            requests.add(place, Request.lasting("lasting-" + i, "dog %d".formatted(i), fault));
        }
        return List.copyOf(requests);
    }

    /** A third of the requests in the outage, each with this fault, if there is one. */
    static List<Request> inOutage(Plan plan, Optional<Fault> fault) {
        var name = fault.map(Fault::title).orElse("none");
        var mark = fault.map(one -> " [%s]".formatted(one.title())).orElse("");
        return IntStream.range(0, plan.inOutage() / WAYS_OUT)
                .mapToObj(i -> Request.doomed("outage-%s-%d".formatted(name, i), "fox %d%s".formatted(i, mark)))
                .toList();
    }

    static List<Request> afterOutage(Plan plan) {
        return IntStream.range(0, plan.inOutage())
                .mapToObj(i -> Request.healthy("after-%d".formatted(i), "owl %d".formatted(i), 1))
                .toList();
    }
}
