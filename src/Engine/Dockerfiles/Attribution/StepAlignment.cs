namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>
/// Finds which line of a history was made by which instruction: the pairs in both orders that are most alike. The beginning of a history is the base
/// image's own, and costs nothing to leave out.
/// </summary>
internal static class StepAlignment
{
    /// <summary>Of both, from the end: an image has some dozen.</summary>
    public const int Most = 1000;

    const double Gap = -0.4, Alike = 0.3, SameVerb = 0.6, Surely = 3;

    /// <summary>For each instruction the line of the history; -1 for none.</summary>
    public static int[] Of(IReadOnlyList<StepWords> instructions, IReadOnlyList<StepWords> history)
    {
        var (rows, columns) = (instructions.Count, history.Count);
        var score = new double[rows + 1, columns + 1];
        var step = new Step[rows + 1, columns + 1];
        for (var i = 1; i <= rows; i++)
        {
            (score[i, 0], step[i, 0]) = (i * Gap, Step.Instruction);
            for (var j = 1; j <= columns; j++)
            {
                (score[i, j], step[i, j]) = (score[i - 1, j] + Gap, Step.Instruction);
                if (score[i, j - 1] + Gap is var line && line > score[i, j])
                    (score[i, j], step[i, j]) = (line, Step.Line);
                if (Weight(instructions[i - 1], history[j - 1]) is { } weight && score[i - 1, j - 1] + weight is var both && both >= score[i, j])
                    (score[i, j], step[i, j]) = (both, Step.Both);
            }
        }
        var found = new int[rows];
        for (var (i, j) = (rows, columns); i > 0;)
            switch (step[i, j])
            {
                case Step.Both:
                    found[--i] = --j;
                    break;
                case Step.Line:
                    j--;
                    break;
                default:
                    found[--i] = -1;
                    break;
            }
        return found;
    }

    enum Step : byte { Instruction, Line, Both }

    // What only sets the configuration may differ in its values; two commands that have nothing in common are two.
    static double? Weight(StepWords instruction, StepWords line) => instruction.Likeness(line) switch
    {
        >= Alike and var likeness => 1 + Surely * likeness,
        >= 0 when instruction.Verb is not ("RUN" or "COPY" or "ADD") => SameVerb,
        _ => null,
    };
}
