package dev.darkroom.faults.clients;

import dev.darkroom.faults.audit.KeptImages;
import dev.darkroom.faults.audit.Ledger;
import dev.darkroom.faults.audit.Row;
import dev.darkroom.faults.billing.Reconciliation;
import dev.darkroom.local.Platform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold after a run: every charged image has reached a client, or its owner can fetch it. */
final class ClientChecks {

    private final Platform platform;
    private final ClientPlan plan;
    private final List<Row> rows;
    private final List<String> problems = new ArrayList<>();

    /** {@code rows} are all rows of the table, which have ended. */
    ClientChecks(Platform platform, ClientPlan plan, List<Row> rows) {
        this.platform = platform;
        this.plan = plan;
        this.rows = rows;
    }

    /** Checks what became of the calls of a client with this API key. */
    Account account(Client client, List<Outcome> outcomes, String key) throws InterruptedException {
        var calls = Call.of(plan, client);
        var prompts = calls.stream().map(Call::prompt).collect(Collectors.toSet());
        var own = rows.stream().filter(row -> prompts.contains(row.prompt())).toList();
        var images = KeptImages.of(platform.bucketFolder(), own, platform.simulator());
        var promptOf = own.stream().collect(Collectors.toMap(Row::id, Row::prompt));
        var charged = images.rowsByHash().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, image -> promptOf.getOrDefault(image.getValue(), "")));
        var account = Account.of(client, calls, outcomes, charged);
        add(client, account.problems());
        add(client, images.problemsOfLinks(links(key)));
        long billed = billed(prompts);
        if (billed != account.charged()) {
            add(client, List.of("%d images are billed, and %d kept".formatted(billed, account.charged())));
        }
        limitLeft(client, account);
        return account;
    }

    private Function<String, List<String>> links(String key) throws InterruptedException {
        var listed = new OwnersList(platform.address(), key).links();
        return id -> listed.getOrDefault(id, List.of());
    }

    private long billed(Set<String> prompts) {
        var simulator = platform.simulator();
        return simulator.billedPredictions().stream()
                .filter(prediction -> prompts.contains(simulator.prompt(prediction)))
                .mapToLong(prediction -> simulator.outputs(prediction).size())
                .sum();
    }

    private boolean isOfClients(String prompt) {
        return Stream.of(Client.values())
                .flatMap(client -> Call.of(plan, client).stream())
                .anyMatch(call -> call.prompt().equals(prompt));
    }

    private void limitLeft(Client client, Account account) {
        double allowed = client.hasKey() ? 0 : plan.undelivered() * account.delivered();
        if (client.isPaidOnce() && account.left() > allowed) {
            add(client, List.of("%d charged images reached no client".formatted(account.left())));
        }
    }

    private void add(Client client, List<String> found) {
        found.stream().map(problem -> "%s: %s".formatted(client, problem)).forEach(problems::add);
    }

    /**
     * One sentence for each promise that is broken, also of the images and the prices of all rows. A process may have
     * been killed right before its paid call, so the bill decides first what such a row has cost.
     */
    List<String> problems() {
        var all = new ArrayList<>(problems);
        var simulator = platform.simulator();
        rows.stream()
                .map(Row::createdAt)
                .min(Comparator.naturalOrder())
                .ifPresent(first -> all.addAll(Reconciliation.problems(platform, rows, first, this::isOfClients)));
        all.addAll(KeptImages.of(platform.bucketFolder(), rows, simulator).problems(rows));
        all.addAll(Ledger.of(platform.tableAddress()).problems(simulator.billedMicroDollars()));
        return List.copyOf(all);
    }
}
