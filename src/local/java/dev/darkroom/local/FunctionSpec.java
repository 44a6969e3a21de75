package dev.darkroom.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function as {@code serverless.yml} declares it.
 *
 * @param environment as it stands there; references are not resolved
 * @param schedules the events that the schedule starts it with, JSON
 */
record FunctionSpec(
        String name,
        int memoryMegabytes,
        Duration timeout,
        Map<String, String> environment,
        List<Route> routes,
        List<String> schedules) {}
