package io.trekpoint.control.problem;

/**
 * Reads a whole number that stands in a query. Resources take such parameters as text: the
 * framework calls a number it cannot read a path that does not exist.
 */
public final class WholeNumber {
    private WholeNumber() {}

    /**
     * The number that a text says.
     *
     * @param name of the parameter
     * @param least the smallest one that is taken
     * @param most the largest one that is taken
     * @throws ProblemException 400 where it is no number, or out of bounds
     */
    public static long of(String name, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, as a number out of bounds is.
        }
        throw ProblemException.invalid(
                ProblemType.INVALID_REQUEST,
                name,
                "must be a whole number from " + least + " to " + most);
    }
}
