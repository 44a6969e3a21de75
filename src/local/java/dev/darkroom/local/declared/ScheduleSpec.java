package dev.darkroom.local.declared;

/**
 * A schedule as {@code infra/resources} declares it.
 *
 * @param input the event, JSON
 */
public record ScheduleSpec(String function, String input) {}
