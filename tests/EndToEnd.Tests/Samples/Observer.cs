using System.Text;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>What a cluster says of a namespace, for whoever reads why a test failed.</summary>
internal static class Observer
{
    const int Most = 6000;

    public static async Task<string> Describe(Kubectl kubectl)
    {
        var text = new StringBuilder($"--- namespace {kubectl.Namespace} ---\n");
        foreach (var question in (string[][])[["get", "all,pvc", "--output", "wide"], ["get", "events", "--sort-by=.lastTimestamp"], ["describe", "pods"]])
            Add(text, question, await kubectl.Try(question));
        foreach (var pod in (await kubectl.Try("get", "pods", "--output", "name")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Add(text, [pod], await kubectl.Try("logs", pod, "--all-containers", "--tail=15"));
        return text.ToString();
    }

    // The end of a list is the newest of it.
    static void Add(StringBuilder text, string[] question, Images.Tests.Samples.Outcome answer) =>
        text.Append("--- ").AppendJoin(' ', question).Append('\n').Append(answer.Output.Length > Most ? $"…{answer.Output[^Most..]}" : answer.Output).Append(answer.Error);
}
