using System.Text;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Tests.Dockerfiles.Contexts;

/// <summary>Contexts that tests write, and how they look at them.</summary>
internal static class Contexts
{
    public static BuildContext Read(this Samples.TemporaryFolder folder, ContextLimits? limits = null) =>
        BuildContext.Read(folder.Root, folder.At("Dockerfile"), limits ?? new(), TestContext.Current.CancellationToken);

    public static BuildPlan Plan(string dockerfile) => BuildPlan.Read(Encoding.UTF8.GetBytes(dockerfile)) switch
    {
        { Plan: { } plan } => plan,
        var failed => throw new InvalidOperationException($"{failed.Problem!.At} {failed.Problem.Reason}"),
    };

    public static ContextReport Report(this Samples.TemporaryFolder folder, string dockerfile) => ContextReport.Of(folder.Read(), Plan(dockerfile), folder.Root);

    public static Samples.TemporaryFolder With(this Samples.TemporaryFolder folder, params (string Path, int Bytes)[] files)
    {
        foreach (var (path, bytes) in files)
            folder.Write(path, new byte[bytes]);
        return folder;
    }

    public static IEnumerable<string> Files(ContextFolder folder) =>
        folder.Files.Select(file => folder.PathOf(file.Name)).Concat(folder.Folders.SelectMany(Files)).Order(StringComparer.Ordinal);
}
