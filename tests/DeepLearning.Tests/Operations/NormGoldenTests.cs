namespace DeepLearning.Tests.Operations;

/// <summary>
/// Norms, logsumexp, products, and reductions over several axes. See <see cref="Golden"/> for a, b, l and how the rows were made.
/// </summary>
public class NormGoldenTests
{
    private static readonly Dictionary<string, GoldenRow> s_rows = new()
    {
        // torch.linalg.vector_norm(a.reshape(3, 2, 1), dim=(0, 2))
        ["norm of axes"] = new((a, b) => a.Reshape(3, 2, 1).Norm([0, -1]),
            [2.211334439, 2.789265136], [0.2261078158, -0.2324493138, 0.9044312633, -0.05811232846, 0.3617725053, -0.4842694038]),
        // torch.linalg.vector_norm(a, dim=1, keepdim=True)
        ["norm keeping axes"] = new((a, b) => a.Norm(1, keepAxes: true),
            [2.385372088, 2.641968963], [0.2096109041, -0.5030661698, 0.8384436163, -0.06135223163, 0.163605951, -0.5112685969]),
        // torch.linalg.vector_norm(a, 1, dim=0)
        ["norm 1"] = new((a, b) => a.Norm(0, 1),
            [0.8, 2, 4.5], [1, -0.5403023059, -0.4161468365, -1, 0.5403023059, 0.4161468365]),
        // torch.linalg.vector_norm(a, 3, dim=1)
        ["norm 3"] = new((a, b) => a.Norm(1, 3),
            [2.143825805, 2.528422311], [0.05439525539, -0.313316671, 0.8703240862, -0.007606416508, 0.05409007295, -0.5282233686]),
        // torch.linalg.vector_norm(a, 1.5)
        ["norm 1.5"] = new((a, b) => a.Norm([0, 1], 1.5),
            [4.431630719], [0.3358947532, -0.5203659141, 0.6717895065, -0.2601829571, 0.4248769897, -0.7510835015]),
        // torch.linalg.vector_norm(a, inf, dim=1)
        ["norm of infinite order"] = new((a, b) => a.Norm(1, double.PositiveInfinity),
            [2, 2.5], [0, 0, 1, 0, 0, -0.5403023059]),
        // torch.linalg.vector_norm(a * T([[0.0], [1.0]]), dim=1)
        ["norm of zeros"] = new((a, b) => (a * Tensor.From([0, 1], 2, 1)).Norm(1),
            [0, 2.641968963], [0, 0, 0, -0.06135223163, 0.163605951, -0.5112685969]),
        // torch.linalg.vector_norm(a.clamp(0, 3), 3, dim=1)
        ["norm with zeros among others"] = new((a, b) => a.Clamp(0, 3).Norm(1, 3),
            [2.010362879, 0.8], [0.06185731936, 0, 0.9897171098, 0, 0.5403023059, 0]),
        // a.logsumexp((0, 1))
        ["logsumexp of all"] = new((a, b) => a.LogSumExp([0, 1]),
            [2.516681097], [0.1330964672, 0.02431453166, 0.5964969821, 0.05980409771, 0.1796614384, 0.00662648291]),
        // a.reshape(3, 2, 1).logsumexp((0, 2), keepdim=True)
        ["logsumexp of axes, keeping them"] = new((a, b) => a.Reshape(3, 2, 1).LogSumExp([-1, 0], keepAxes: true),
            [2.421551277, 0.1169804303], [0.1463797104, 0.1447703043, 0.6560283482, 0.3560774909, 0.1975919413, 0.03945451062]),
        // torch.where(a > 0, a, T(-inf)).logsumexp(0)
        ["logsumexp with −∞"] = new((a, b) => Tensor.Where(a > 0, a, double.NegativeInfinity).LogSumExp(0),
            [0.5, 0.8, 2], [1, 0, -0.4161468365, 0, 0.5403023059, 0]),
        // a.prod()
        ["product"] = new((a, b) => a.Product(),
            [-0.72], [-1.44, 0.6, -0.36, 2.4, -0.9, 0.288]),
        // a.prod(1)
        ["product of an axis"] = new((a, b) => a.Product(1),
            [-1.2, 0.6], [-2.4, 1, -0.6, -1.080604612, 0.4052267294, -0.1296725534]),
        // a.prod(0, keepdim=True)
        ["product keeping axes"] = new((a, b) => a.Product([0], keepAxes: true),
            [-0.15, -0.96, -5], [-0.3, 0.4322418447, 1.040367091, 0.5, -0.648362767, -0.8322936731]),
        // a.clamp(0, 3)[:, :2].prod(1)
        ["product with one zero"] = new((a, b) => a.Clamp(0, 3).Slice(1, 0, 2).Product(1),
            [0, 0], [0, 0, 0, 0, 0, 0]),
        // a.reshape(6)[1:].prod(0)
        ["product of five"] = new((a, b) => a.Reshape(6)[1..].Product(0),
            [-1.44], [0, 1.2, -0.72, 4.8, -1.8, 0.576]),
        // a.reshape(2, 3, 1).sum((0, 2))
        ["sum of axes that are apart"] = new((a, b) => a.Reshape(2, 3, 1).Sum([-1, 0]),
            [0.2, -0.4, -0.5], [1, 0.5403023059, -0.4161468365, 1, 0.5403023059, -0.4161468365]),
        // b.reshape(3, 1, 2).mean((0, 2), keepdim=True)
        ["mean of axes that are apart"] = new((a, b) => b.Reshape(3, 1, 2).Mean([0, 2], keepAxes: true),
            [0.25], [0, 0, 0, 0, 0, 0], [0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667, 0.1666666667]),
        // a.reshape(3, 1, 2).var((0, 2), unbiased=True)
        ["variance of axes that are apart"] = new((a, b) => a.Reshape(3, 1, 2).Variance([0, -1], correction: 1),
            [2.517666667], [0.2466666667, -0.4333333333, 0.8466666667, -0.07333333333, 0.3666666667, -0.9533333333]),
        // a.reshape(3, 1, 2).amin((0, 2), keepdim=True)
        ["min of axes that are apart"] = new((a, b) => a.Reshape(3, 1, 2).Min([0, 2], keepAxes: true),
            [-2.5],
            [0, 0, 0, 0, 0, 1]),
        // a.reshape(3, 1, 2).amax((0, 2))
        ["max of axes that are apart"] = new((a, b) => a.Reshape(3, 1, 2).Max([0, 2]),
            [2], [0, 0, 1, 0, 0, 0]),
        // torch.where(a[:, :1] > 0, b[0], T(3.0)) * a
        ["where with broadcasting"] = new((a, b) => Tensor.Where(a.Slice(1, 0, 1) > 0, b.Select(0, 0), 3) * a,
            [0.75, -0.48, -1.4, -0.9, 2.4, -7.5], [1.5, 0.2161209223, 0.2913027856, -2.96997749, -1.960930863, 0.8509865564],
            [0.5, -0.648362767, -0.8322936731, 0, 0, 0]),
        // torch.where(a == 0.8, T(-1.0), a * b)
        ["where of a number, else"] = new((a, b) => Tensor.Where(Tensor.Equal(a, 0.8), -1, a * b),
            [0.75, -0.48, -1.4, 0.33, -1, -1.5], [1.5, 0.2161209223, 0.2913027856, 1.088991746, 0, 0.1701973113],
            [0.5, -0.648362767, -0.8322936731, 0.296997749, 0, -0.7091554637]),
        // (a != 0.8) * b.detach()
        ["not equal to a number"] = new((a, b) => Tensor.NotEqual(a.Detach(), 0.8) * b.Detach(),
            [1.5, 0.4, -0.7, -1.1, 0, 0.6]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);
}
