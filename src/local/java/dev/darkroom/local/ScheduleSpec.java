package dev.darkroom.local;

/**
 * A schedule as {@code infra/resources} declares it.
 *
 * @param input the event, JSON
 */
record ScheduleSpec(String function, String input) {}
