package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.provider.ImageProviderContract;
import dev.darkroom.provider.ProviderFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

class WaveSpeedContractTest extends ImageProviderContract {

    @Override
    protected ImageProvider provider(URI address, Duration timeout) {
        return WaveSpeedProviders.at(address, SECRET, "whsec_" + SECRET, timeout, Clock.systemUTC());
    }

    @Override
    protected ProviderFactory factory() {
        return new WaveSpeedFactory();
    }

    @Override
    protected String accepted(String prediction) {
        return data("created", prediction, List.of());
    }

    @Override
    protected String inUnknownState(String prediction) {
        return data("levitating", prediction, List.of());
    }

    @Override
    protected String completed(String prediction, List<String> images) {
        return data("completed", prediction, images);
    }

    @Override
    protected String failed(String prediction) {
        return data("failed", prediction, List.of());
    }

    @Override
    protected String notFound() {
        return "{\"code\": 404}";
    }

    @Override
    protected String error() {
        return "{\"code\": 400, \"message\": \"bad\"}";
    }

    private static String data(String status, String prediction, List<String> images) {
        var outputs = images.stream().map("\"%s\""::formatted).collect(Collectors.joining(", "));
        return "{\"code\": 200, \"data\": {\"id\": \"%s\", \"status\": \"%s\", \"outputs\": [%s]}}"
                .formatted(prediction, status, outputs);
    }
}
