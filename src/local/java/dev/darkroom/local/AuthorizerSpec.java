package dev.darkroom.local;

import java.time.Duration;

/**
 * A Lambda authorizer of the HTTP API as {@code serverless.yml} declares it.
 *
 * @param function that decides
 * @param header whose value it decides about
 * @param timeToLive how long a decision is remembered
 */
record AuthorizerSpec(String function, String header, Duration timeToLive) {}
