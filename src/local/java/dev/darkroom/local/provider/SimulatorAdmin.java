package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import java.io.IOException;

/** {@code PUT} and {@code GET /simulator/faults}, and {@code GET /simulator/counters}. */
final class SimulatorAdmin {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String FAULTS = "/simulator/faults";
    private static final String COUNTERS = "/simulator/counters";

    private final FaultInjector faults;
    private final SimulatedSubmissions submissions;
    private final SimulatedPredictions predictions;

    SimulatorAdmin(FaultInjector faults, SimulatedSubmissions submissions, SimulatedPredictions predictions) {
        this.faults = faults;
        this.submissions = submissions;
        this.predictions = predictions;
    }

    static boolean serves(String path) {
        return path.equals(FAULTS) || path.equals(COUNTERS);
    }

    void handle(HttpExchange exchange, String path, byte[] body) throws IOException {
        try {
            switch (exchange.getRequestMethod() + " " + path) {
                case "PUT " + FAULTS -> {
                    faults.set(FaultProbabilities.parse(body));
                    answer(exchange, faults.likely().json());
                }
                case "GET " + FAULTS -> answer(exchange, faults.likely().json());
                case "GET " + COUNTERS -> answer(exchange, counters());
                case String _ ->
                    SimulatorAnswers.error(exchange, 405, "PUT or GET %s, or GET %s".formatted(FAULTS, COUNTERS));
            }
        } catch (FaultProbabilities.Wrong e) {
            SimulatorAnswers.error(exchange, 400, e.what());
        }
    }

    private ObjectNode counters() {
        var counters = JSON.createObjectNode()
                .put("posts", submissions.posts())
                .put("predictions", predictions.all().size())
                .put("images", predictions.billedImages());
        var met = counters.putObject("faults");
        faults.met().forEach((fault, times) -> met.put(fault.title(), times));
        return counters;
    }

    private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
        Http.answerJson(exchange, 200, JSON.writeValueAsString(json));
    }
}
