package dev.darkroom.explorer;

import dev.darkroom.core.generation.GenerationId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold for the calls of clients at the end of every execution. */
final class CallPromises {

    private CallPromises() {}

    static List<String> broken(World world) {
        var broken = new ArrayList<String>();
        everyCallIsAnswered(world, broken);
        noCallIsPaidForTwice(world, broken);
        noGenerationIsAnsweredToTwoCalls(world, broken);
        return broken;
    }

    private static void everyCallIsAnswered(World world, List<String> broken) {
        for (var client : world.clients()) {
            var row = client.answer().flatMap(world.rows::find);
            if (row.filter(found -> found.state().status().isTerminal()).isEmpty()) {
                broken.add("never answered: %s, %s".formatted(client, row));
            }
        }
    }

    /**
     * Where all clients mark their retries, a call costs one generation at most. Otherwise a request that ends without
     * an answer may cost one more: its repetition is not recognised, or takes what is owed to a client that marks
     * nothing.
     */
    private static void noCallIsPaidForTwice(World world, List<String> broken) {
        var clients = world.clients();
        int losses = clients.stream().allMatch(ExploredClient::marksRetries)
                ? 0
                : clients.stream().mapToInt(ExploredClient::losses).sum();
        int allowed = clients.size() + losses;
        int rows = world.rows.all().size();
        if (!clients.isEmpty() && rows > allowed) {
            broken.add("more generations than calls: %d, %d".formatted(rows, allowed));
        }
    }

    private static void noGenerationIsAnsweredToTwoCalls(World world, List<String> broken) {
        Set<GenerationId> answered = new HashSet<>();
        world.clients().stream()
                .filter(ExploredClient::hasItAlone)
                .flatMap(client -> client.answer().stream())
                .filter(generation -> !answered.add(generation))
                .forEach(generation -> broken.add("answered to two calls: " + generation));
    }
}
