package dev.darkroom.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;

/** Changes what the simulated provider says of a prediction as a fault wants it. */
final class FalseContent {

    /** In base64 it has 600 KB. */
    private static final int DATA_URI_BYTES = 450_000;

    private FalseContent() {}

    /** {@code data} is the prediction as it really stands. */
    static void apply(Fault fault, ObjectNode data, SimulatedPrediction prediction, URI provider) {
        boolean completed = data.path("status").asText().equals("completed");
        switch (fault) {
            case RESULT_OTHER_ID -> {
                var other = new StringBuilder(prediction.id()).reverse().toString();
                data.put("id", other).put("status", "completed");
                data.putArray("outputs").add("%s/outputs/%s/0.png".formatted(provider, other));
            }
            case UNKNOWN_STATUS -> data.put("status", "in_review");
            case NO_OUTPUTS -> data.putArray("outputs");
            case OUTPUTS_TEXT -> {
                if (completed) {
                    data.put("outputs", prediction.outputs(provider).getFirst());
                }
            }
            case OUTPUTS_OBJECTS -> {
                var outputs = data.putArray("outputs");
                if (completed) {
                    prediction
                            .outputs(provider)
                            .forEach(output -> outputs.addObject().put("url", output));
                }
            }
            case OUTPUTS_DATA_URI -> {
                var outputs = data.putArray("outputs");
                if (completed) {
                    for (int i = 0; i < prediction.images(); i++) {
                        outputs.add(dataUri(prediction, i));
                    }
                }
            }
            default -> {
                // The other faults change how an answer is sent, or are no answer's.
            }
        }
    }

    /** A real PNG: what stands behind its end does not matter. */
    private static String dataUri(SimulatedPrediction prediction, int number) {
        var png = prediction.png(number);
        var padded = Arrays.copyOf(png, Math.max(png.length, DATA_URI_BYTES));
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(padded);
    }
}
