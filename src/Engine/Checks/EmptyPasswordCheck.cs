using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class EmptyPasswordCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "empty-password", Severity.Critical, "An account has an empty password",
        "Lock it: RUN passwd -l NAME, or do not create it", "DKL-LI-0001");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        image.Accounts.Users.Where(user => user.Password.Length == 0).Select(user => Found(image, "etc/passwd", user.Name))
            .Concat(image.Accounts.Shadow.Where(line => line.Password.Length == 0).Select(line => Found(image, "etc/shadow", line.Name)));

    static Evidence Found(InspectedImage image, string path, string name) =>
        new($"'{name}' has an empty password in {path}", image.Tree.Find(path)?.Layer, path);
}
