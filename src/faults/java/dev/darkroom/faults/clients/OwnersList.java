package dev.darkroom.faults.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The list of an owner's generations, as a person reads it who wants images that reached no client. */
final class OwnersList {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI gateway;
    private final String key;

    OwnersList(URI gateway, String key) {
        this.gateway = gateway;
        this.key = key;
    }

    /** The links of the images of all generations, by the generation's id. */
    Map<String, List<String>> links() throws InterruptedException {
        var links = new HashMap<String, List<String>>();
        try (var client = HttpClient.newHttpClient()) {
            var request = JSON.createObjectNode();
            while (true) {
                var page = page(client, request.toString());
                page.path("items").forEach(item -> links.put(item.path("id").asText(), outputs(item)));
                if (!page.hasNonNull("next_cursor")) {
                    return Map.copyOf(links);
                }
                request.put("cursor", page.path("next_cursor").asText());
            }
        }
    }

    private JsonNode page(HttpClient client, String body) throws InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/predictions"))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("the list was answered %d".formatted(response.statusCode()));
            }
            return JSON.readTree(response.body()).path("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> outputs(JsonNode item) {
        return item.path("outputs").valueStream().map(JsonNode::asText).toList();
    }
}
