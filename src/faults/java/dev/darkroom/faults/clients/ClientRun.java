package dev.darkroom.faults.clients;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.faults.audit.Row;
import dev.darkroom.faults.audit.Table;
import dev.darkroom.local.Platform;
import dev.darkroom.local.programs.NpmPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets unmodified clients make calls over lines that break, all clients at once, and compares what was charged with what
 * they got. Those without a key also call a gateway that passes each request on.
 */
public final class ClientRun {

    private static final String MODEL = "wavespeed-ai/imagen4";
    private static final Duration IMAGE_TIME_ELSEWHERE = Duration.ofMillis(500);

    /** Never used up; with a budget the counters of the key are a part of the ledger. */
    private static final KeyBudget BUDGET = new KeyBudget(
            Optional.of(new Money(1_000_000_000_000L)), BudgetPeriod.DAY, Optional.empty(), Optional.empty());

    private final Platform platform;
    private final ClientProgram program;
    private final ClientPlan plan;

    private ClientRun(Platform platform, ClientProgram program, ClientPlan plan) {
        this.platform = platform;
        this.program = program;
        this.plan = plan;
    }

    /**
     * Runs the calls against the platform. Images may take less than a second, and no other program may call the
     * provider meanwhile.
     *
     * @param project the folder of the project, in which the clients are installed
     */
    public static ClientReport run(Path project, Platform platform, ClientPlan plan) throws InterruptedException {
        try {
            var packages = NpmPackages.install(project, "src/test/npm/openai", "openai-clients");
            return new ClientRun(platform, new ClientProgram(packages, MODEL, plan.callers()), plan).run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What became of a client's calls at this gateway. */
    private record Ended(List<Outcome> outcomes, String key, Map<LineFault, Integer> faults) {}

    private ClientReport run() throws InterruptedException {
        // Platform threads: a virtual one would hold its carrier while it reads what a program prints.
        try (var threads = Executors.newCachedThreadPool()) {
            var here = started(threads, List.of(Client.values()), this::here);
            var elsewhere = started(
                    threads,
                    Stream.of(Client.values())
                            .filter(client -> !client.hasKey())
                            .toList(),
                    this::elsewhere);
            return report(results(here), results(elsewhere));
        }
    }

    private interface Start<T> {
        T of(Client client) throws InterruptedException;
    }

    private static <T> Map<Client, Future<T>> started(ExecutorService threads, List<Client> clients, Start<T> start) {
        var running = new EnumMap<Client, Future<T>>(Client.class);
        clients.forEach(client -> running.put(client, threads.submit((Callable<T>) () -> start.of(client))));
        return running;
    }

    private static <T> Map<Client, T> results(Map<Client, Future<T>> running) throws InterruptedException {
        var results = new EnumMap<Client, T>(Client.class);
        for (var client : running.entrySet()) {
            try {
                results.put(client.getKey(), client.getValue().get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("%s did not run".formatted(client.getKey()), e.getCause());
            }
        }
        return results;
    }

    private Ended here(Client client) throws InterruptedException {
        var key = platform.createKey(client.owner(), BUDGET).value();
        try (var line = line(new Gateway.Local(platform), client)) {
            return new Ended(program.run(client, line.address(), key, Call.of(plan, client)), key, line.met());
        }
    }

    private Account elsewhere(Client client) throws InterruptedException {
        try (var gateway = new PlainGateway(IMAGE_TIME_ELSEWHERE);
                var line = line(gateway, client)) {
            var calls = Call.of(plan, client);
            var outcomes = program.run(client, line.address(), "none", calls);
            return Account.of(client, calls, outcomes, gateway.charged());
        }
    }

    private DisturbedLine line(Gateway gateway, Client client) {
        return new DisturbedLine(
                gateway, plan.broken(), plan.seed() + client.name().hashCode());
    }

    private ClientReport report(Map<Client, Ended> ended, Map<Client, Account> elsewhere) throws InterruptedException {
        try (var table = new Table(platform.tableAddress())) {
            var rows = table.await(all -> all.stream().noneMatch(Row::due));
            var checks = new ClientChecks(platform, plan, rows);
            var accounts = new EnumMap<Client, Account>(Client.class);
            for (var client : ended.entrySet()) {
                var one = client.getValue();
                accounts.put(client.getKey(), checks.account(client.getKey(), one.outcomes(), one.key()));
            }
            var faults = ended.values().stream()
                    .flatMap(one -> one.faults().entrySet().stream())
                    .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingInt(Map.Entry::getValue)));
            return new ClientReport(plan, accounts, elsewhere, faults, checks.problems());
        }
    }
}
