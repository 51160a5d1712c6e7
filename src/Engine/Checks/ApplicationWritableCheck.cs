using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class ApplicationWritableCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "application-writable", Severity.Low, "The application may change its own files",
        "Let root own the program (COPY without --chown) and give the user only the directories that it writes to", null);

    // Root may change everything, which is non-root-user's finding; what every user may change is world-writable's.
    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var user = RunUser.Of(image);
        if (user.IsRoot)
            return [];
        var application = new ApplicationFiles(image);
        return from file in image.Tree.Files
               where (user.Owns(file.Entry) || user.CanWrite(file.Entry)) && !file.Entry.Mode.HasFlag(UnixFileMode.OtherWrite)
                   && application.Has(file)
               group file by file.Layer into layer
               orderby layer.Key
               let first = layer.Select(file => file.Path).Min(StringComparer.Ordinal)
               select new Evidence(
                   $"{Counted.Of(layer.Count(), "file")} of the application can be changed by user {image.Config.User}, such as {first}", layer.Key, first);
    }
}
