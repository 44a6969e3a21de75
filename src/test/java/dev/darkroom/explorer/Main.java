package dev.darkroom.explorer;

/** {@code make explore}. */
final class Main {

    private Main() {}

    /** Reads {@code EXECUTIONS} from the environment. */
    public static void main(String[] arguments) {
        int executions = Integer.parseInt(System.getenv().getOrDefault("EXECUTIONS", "1000000"));
        System.out.print(Report.of(Scenario.all(), executions));
    }
}
