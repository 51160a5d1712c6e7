namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

/// <summary>Steps with a flag of a certain value.</summary>
internal static class RunFlag
{
    public static IEnumerable<Remark> Remarks(ReviewedFile file, string name, string value, string text) =>
        from run in file.Runs
        from flag in run.Step.Source.Flags
        where flag.Name == name && flag.Value == value
        select new Remark(text, flag.At, flag.At with { Column = flag.At.Column + name.Length + value.Length + 3 });
}
