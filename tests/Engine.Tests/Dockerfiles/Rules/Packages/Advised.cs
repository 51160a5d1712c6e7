using System.Text;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules.Packages;

/// <summary>What rules say of a Dockerfile.</summary>
internal static class Advised
{
    /// <summary>What one of them says.</summary>
    public static IReadOnlyList<Remark> By(string id, string file) => [.. All(file).Where(advice => advice.Rule.Id == id).Select(advice => advice.Remark)];

    public static IReadOnlyList<Advice> All(string file)
    {
        var (plan, problem) = BuildPlan.Read(Encoding.UTF8.GetBytes(file));
        Assert.Null(problem);
        return RuleCatalogue.Run(plan!);
    }

    /// <summary>The words that a remark points at, where they stand in one line.</summary>
    public static string Words(string file, Remark remark)
    {
        Assert.Equal(remark.Start.Line, remark.End.Line);
        return file.Split('\n')[remark.Start.Line - 1][(remark.Start.Column - 1)..(remark.End.Column - 1)];
    }

    /// <summary>The file with all that a rule mends by itself.</summary>
    public static string Mended(string id, string file)
    {
        var lines = file.Split('\n');
        foreach (var edit in By(id, file).SelectMany(remark => remark.Fix).OrderByDescending(edit => edit.Start))
        {
            Assert.Equal(edit.Start.Line, edit.End.Line);
            lines[edit.Start.Line - 1] = lines[edit.Start.Line - 1].Remove(edit.Start.Column - 1, edit.End.Column - edit.Start.Column).Insert(edit.Start.Column - 1, edit.Text);
        }
        return string.Join('\n', lines);
    }
}
