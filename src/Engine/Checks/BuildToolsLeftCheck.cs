using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class BuildToolsLeftCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "build-tools-left", Severity.Low, "Compilers, headers or git are in the final image",
        "Build in a stage of its own and copy the outcome (COPY --from=build), or purge the tools in the RUN that installed them", null);

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from file in image.Tree.Files
        where file.Entry.Type == EntryType.File && BuildTools.Is(file.Entry.PathBytes)
        group file by file.Layer into layer
        orderby layer.Key
        select new Evidence(Describe(layer), layer.Key, layer.MaxBy(file => file.Entry.Size).Path, layer.Sum(file => file.Entry.Size));

    static string Describe(IEnumerable<FileNode> files)
    {
        var tools = files.Where(file => BuildTools.ToolOf(file.Entry.PathBytes) is not null).Select(file => file.Name)
            .Distinct().Order(StringComparer.Ordinal).ToList();
        var headers = files.Count(file => file.Entry.PathBytes.IsUnder("usr/include"u8));
        return string.Join(" and ", new[]
        {
            tools.Count > 0 ? Counted.Names(tools) : "",
            headers > 0 ? Counted.Of(headers, "header") : "",
            tools.Count + headers == 0 ? Counted.Of(files.Count(), "file") + " of a compiler" : "",
        }.Where(part => part.Length > 0));
    }
}
