namespace DeepLearning.Tests.Operations;

/// <summary>
/// What normalization, attention, variational losses and Muon are made of. See <see cref="Golden"/> for a, b and how the rows were made.
/// </summary>
public class LayerOperationGoldenTests
{
    private static readonly Dictionary<string, GoldenRow> s_rows = new()
    {
        // F.batch_norm(a.reshape(3, 2), None, None, b[0, :2], b[1, :2], training=True)
        ["batch norm"] = new(
            (a, b) => Tensor.BatchNorm(a.Reshape(3, 2), b[..1, ..2].Reshape(2), b[1.., ..2].Reshape(2), 1e-5, out _, out _),
            [-2.488713617, 0.8590567156, 0.9830704262, 1.257689546, -1.794356809, 0.2832537387],
            [1.510427519, 0.2947676937, 0.3775711322, -0.1741840744, -1.887998651, -0.1205836193],
            [-1.201143258, -1.419455276, 0, -0.06979045741, -0.1660280053, 0]),
        // F.batch_norm(a.reshape(1, 2, 3), None, None, training=True, eps=0.1)
        ["batch norm, not scaled"] = new((a, b) => Tensor.BatchNorm(a.Reshape(1, 2, 3), null, null, 0.1, out _, out _),
            [0.04956815971, -1.214419913, 1.164851753, 0.2604325481, 1.041730192, -1.30216274],
            [0.4783178714, -0.2053578171, -0.2729600544, -0.3005217117, 0.1803500363, 0.1201716754]),
        // F.group_norm(a.reshape(1, 6, 1), 2, b.reshape(6), b.reshape(6) ** 2)
        ["group norm"] = new((a, b) => Tensor.GroupNorm(a.Reshape(1, 6, 1), 2, b.Reshape(6), b.Reshape(6).Square()),
            [2.326496544, -0.3397774225, -0.3489121021, 0.9160134149, 1.495233702, -0.4417815959],
            [0.6335551556, -0.2969792637, -0.3365758919, 0.6470387829, -0.4313599862, -0.2156787967],
            [3.050997696, -0.2428353898, 0.08387611772, 1.913397571, -1.744602361, -0.03866391035]),
        // F.layer_norm(a, (3,), b[0], b[1])
        ["layer norm"] = new((a, b) => Tensor.LayerNorm(a, b.Select(0, 0), b.Select(0, 1)),
            [-1.023503456, 0.3002225775, -0.2389121021, -0.6991092021, 1.227616851, 1.535411862],
            [0.6335551556, -0.2969792637, -0.3365758919, -0.5831381573, 0.3887581098, 0.1943800475],
            [-0.2135882251, -1.373849802, -0.8777879864, 0.0100075034, -0.113341315, -0.1324846511]),
        // F.layer_norm(a, (2, 3), eps=0.1)
        ["layer norm over two axes"] = new((a, b) => Tensor.LayerNorm(a, epsilon: 0.1, axes: 2),
            [0.4159404345, -0.7307061688, 1.427687437, -0.123657967, 0.6182898351, -1.607553571],
            [0.7622947888, 0.2832764271, -0.04381708284, -0.6594585555, -0.3232692614, -0.01902631611]),
        // (0.7 * a + b).softmax(-1)
        ["attention weights"] = new((a, b) => a.AttentionWeights(0.7, b),
            [0.7052667474, 0.07141986817, 0.2233133844, 0.06019208475, 0.8691718494, 0.0706360658],
            [0.1723342318, -0.005530406186, -0.1668038256, -0.01610846434, -0.02796424679, 0.04407271113],
            [0.2461917597, -0.007900580266, -0.2382911795, -0.02301209192, -0.03994892398, 0.0629610159]),
        // (0.7 * a + torch.triu(torch.full((2, 3), -inf), 1)).softmax(-1)
        ["attention weights, causal"] = new((a, b) => a.AttentionWeights(0.7, causal: true),
            [1, 0, 0, 0.3164791063, 0.6835208937, 0],
            [0, 0, 0, -0.05093131136, 0.05093131136, 0]),
        // (a @ b.mT / math.sqrt(3)).softmax(-1)
        ["weights of attention"] = new((a, b) => Attention.Weights(a, b),
            [0.3838053879, 0.6161946121, 0.7757907525, 0.2242092475],
            [0.1631976909, -0.02510733706, -0.08159884546, 0.1498324709, -0.02305114937, -0.07491623545],
            [0.0140958093, -0.02921971245, -0.01853299824, -0.0140958093, 0.02921971245, 0.01853299824]),
        // (a @ b.mT / math.sqrt(3) + torch.triu(torch.full((2, 2), -inf), 1)).softmax(-1)
        ["weights of attention, masked"] = new((a, b) => Attention.Weights(a, b, Attention.CausalMask(2)),
            [1, 0, 0.7757907525, 0.2242092475],
            [0, 0, 0, 0.1498324709, -0.02305114937, -0.07491623545],
            [-0.01728836203, 0.04610229874, -0.1440696836, 0.01728836203, -0.04610229874, 0.1440696836]),
        // (a @ b.mT / math.sqrt(3)).softmax(-1) @ (a + b)
        ["attention"] = new((a, b) => Attention.ScaledDotProduct(a, b, a + b),
            [-0.09506168125, 0.6788670691, -0.6718227588, 1.237688559, -0.2618978061, 0.5825304081],
            [-0.1102935985, -0.3418625155, -0.07662091646, 0.1619757462, 0.2221097167, -0.07670105674],
            [-0.3047446989, -0.497610648, 0.4943775478, 0.3147522023, 0.384269333, -0.6268621989]),
        // (a @ b.mT / math.sqrt(3) + torch.triu(torch.full((2, 2), -inf), 1)).softmax(-1) @ b
        ["attention, causal"] = new((a, b) => Attention.ScaledDotProduct(a, b, b, causal: true),
            [1.5, 0.4, -0.7, 0.9170559566, 0.489683699, -0.4085279783],
            [0, 0, 0, -0.700089619, 0.1077060952, 0.3500448095],
            [0.3127525475, -0.1822005611, 0.477078759, -0.3027450441, 0.06885924612, -0.6095634101]),
        // torch.where(a.detach() > 0, T(-inf), T(0.0))
        ["mask of padding"] = new((a, b) => Attention.PaddingMask(a > 0), [double.NegativeInfinity, 0, double.NegativeInfinity, 0,
        double.NegativeInfinity, 0]),
        // (b / 2).exp() + 0 * a  # what multiplies the noise
        ["a sample's spread"] = new(
            (a, b) => (GaussianDivergence.Sample(a, b, new Generator(4)) - a) / Tensor.Normal(new Generator(4), 0, 1, 2, 3),
            [2.117000017, 1.221402758, 0.7046880897, 0.5769498104, 1.491824698, 1.349858808],
            [0, 0, 0, 0, 0, 0],
            [1.058500008, 0.3299633633, -0.1466268596, -0.2855879916, -0.4875608485, 0.1914519497]),
        // orthogonalize(a.detach())
        ["Muon's nearly orthogonal matrix"] = new((a, b) => Muon.Orthogonalize(a.Detach()), [0.2774701295, -0.6103192093, 0.2062326188,
        0.09998199248, -0.1739368108, -0.6728965612]),
    };

    public static TheoryData<string, string> Cases => Golden.Cases(s_rows.Keys);

    [Theory, MemberData(nameof(Cases))]
    public void AsPyTorch(string name, string device) => Golden.Check(device, s_rows[name]);
}
