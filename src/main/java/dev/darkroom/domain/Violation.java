package dev.darkroom.domain;

/**
 * One thing that is wrong with a request.
 *
 * @param field the parameter that it is about, or {@code body}, {@code path}, …, when it is about no parameter
 * @param message what is wrong, without repeating the value
 */
public record Violation(String field, String message) {}
