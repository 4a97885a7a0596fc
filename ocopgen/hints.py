"""What is told of a field besides its name and form: hints and examples, for schemas, forms and the list of fields."""

from __future__ import annotations

from typing import Any, NamedTuple


class Hint(NamedTuple):
    """A sentence in Vietnamese and in English, either of which may be empty, and an example of the value.

    What is `rare` is not offered to who begins a new entry; the list of fields has it.
    """

    vi: str = ""
    en: str = ""
    example: Any = None
    rare: bool = False


def like(example: Any) -> Hint:
    """A hint that is only an example."""
    return Hint(example=example)


_HOUSEHOLD = Hint(
    "Của hộ thì chỉ được đăng khi có dòng consent.",
    "A household's is published only with its consent.",
)

HINTS: dict[str, Hint] = {
    # --- every entry
    "Entry.name": like("Tỏi đen Trường An"),
    "Entry.summary": like("Tỏi ủ chậm, tép đen dẻo, vị ngọt dịu."),
    "Product.summary": like("Tỏi ủ chậm, tép đen dẻo, vị ngọt dịu."),
    "News.summary": like("Ba ngày giới thiệu sản phẩm của tám huyện."),
    "Page.summary": like("Cách gửi sản phẩm vào danh mục."),
    "Entry.photos": Hint(
        "Không liệt kê thì mọi ảnh trong thư mục được dùng, theo thứ tự tên tệp.",
        "If left out, every picture of the folder is shown, in the order of the files' names.",
    ),
    "Entry.was": Hint(
        "Tên cũ của thư mục này; địa chỉ cũ dẫn về trang mới.",
        "Former names of this folder; the old addresses lead to the new one.",
        rare=True,
    ),
    "Entry.draft": Hint("true: chưa đăng lên trang.", "true: not published yet.", True),
    # --- a product
    "Product.producer": Hint("Tên thư mục trong content/producers.", "A folder in content/producers.", "truong-an"),
    "Product.set": Hint(
        "Từ 1 đến 26, theo content/classification.yml.",
        "From 1 to 26, as in content/classification.yml.",
        10,
    ),
    "Product.recognitions": Hint("Mới nhất ghi trước.", "Newest first."),
    "Product.potential_5_star": Hint(
        "Tỉnh đã trình lên trung ương; trang không bao giờ ghi là 5 sao.",
        "The province sent it on to the ministry; it is never shown as five stars.",
        rare=True,
    ),
    "Product.place": Hint("Không ghi thì lấy địa phương của chủ thể.", "If left out, the producer's."),
    "Product.ingredients": like("Tỏi 100%"),
    "Product.alcohol": Hint("Cần có ở bộ sản phẩm 14 và 15.", "Needed in the product sets 14 and 15."),
    "Product.raw_materials": like("Cánh đồng tỏi xã Thụy Ninh"),
    "Product.usage": like("Bóc vỏ, ăn ngay"),
    "Product.storage": like("Để nơi khô, mát"),
    "Product.season": like([9, 10, 11]),
    "Product.warnings": like("Không dùng khi bao bì bị hở"),
    "Product.awards": like(["Sản phẩm nông nghiệp tiêu biểu năm 2024"]),
    "Product.code": Hint(
        "Chép đúng như trên giấy chứng nhận.", "Copied as the certificate has it.", "83-829-28780-3-2022"
    ),
    "Product.outlets": Hint("Tên thư mục trong content/outlets.", "Folders in content/outlets.", ["cho-que"]),
    "Product.tags": like(["tỏi đen", "gia vị"]),
    "Product.related": Hint(
        "Tên thư mục trong content/products; không ghi thì trang tự chọn.",
        "Folders in content/products; if left out, they are chosen for you.",
        rare=True,
    ),
    "Recognition.stars": like(4),
    "Recognition.year": Hint(
        "Năm của đợt đánh giá; quyết định có thể ra vào năm sau.",
        "The year of the round; its decision may follow in the next year.",
        2025,
    ),
    "Recognition.score": Hint(
        "Từ 50 điểm là 3 sao, từ 70 là 4 sao, từ 90 là 5 sao.",
        "From 50 points 3 stars, from 70 4 stars, from 90 5 stars.",
        84.5,
    ),
    "Recognition.decision": Hint(
        "Có đủ số và ngày thì hạng sao mới được ghi là còn hiệu lực.",
        "Only with its number and date is a star shown as in effect.",
    ),
    "Recognition.criteria": like("QD148-2023"),
    "Recognition.ends": Hint(
        "Không ghi thì tính 36 tháng từ ngày quyết định.", "If left out, 36 months from the decision.", rare=True
    ),
    "Recognition.ends_reason": Hint(
        "Cần có khi ngày ấy không phải sau 36 tháng.",
        "Needed where the end is not after 36 months.",
        "Giấy chứng nhận ghi 24 tháng",
        rare=True,
    ),
    "Recognition.withdrawn": Hint(rare=True),
    "Recognition.extended": Hint("Khi hồ sơ công nhận lại đang được xét.", "While a renewal is pending.", rare=True),
    "Recognition.evidence": Hint("Vì sao biết có hạng sao này.", "How this star is known."),
    "Decision.number": like("123/QĐ-UBND"),
    "Decision.by": like("UBND tỉnh Hưng Yên"),
    "Pack.label": like("Hộp"),
    "Certificate.name": like("VietGAP"),
    "Certificate.number": like("123/GCN"),
    "Certificate.issuer": like("Chi cục Trồng trọt và Bảo vệ thực vật"),
    "Trace.code": like("VN-TB-000123"),
    "Channel.name": like("Gian hàng Trường An"),
    # --- parts of entries
    "Source.title": like("Báo Thái Bình: Tỏi đen Trường An lên 4 sao"),
    "Source.lang": Hint(
        "Chỉ cần khi tên nguồn không phải tiếng Việt.", "Only where the title is not Vietnamese.", "en", rare=True
    ),
    "Place.commune": Hint("Mã trong content/places.yml.", "An id of content/places.yml.", "thuy-ninh"),
    "Place.district": Hint(
        "Huyện trước ngày 01/07/2025; mã trong content/places.yml.",
        "The district until 1 July 2025; an id of content/places.yml.",
        "thai-thuy",
    ),
    "Place.province": Hint("Chỉ cần khi không ghi huyện.", "Only where no district is given.", "hung-yen", rare=True),
    "Photo.alt": Hint(
        "Tả điều nhìn thấy, cho người không xem được ảnh.",
        "Tell what is seen, for those who cannot see it.",
        "Hộp 200 g trên bàn tre",
    ),
    "Photo.credit": like("Nguyễn Văn An"),
    "Photo.focus": Hint("Chỗ cần giữ lại khi ảnh bị cắt.", "What is kept where the picture is cut.", rare=True),
    "Location.lat": like(20.4463),
    "Location.lon": like(106.3366),
    # --- a producer, an outlet, news, a page
    "Producer.registered_name": Hint(
        "Như trên giấy đăng ký kinh doanh.", "As on the business registration.", "Hợp tác xã Trường An"
    ),
    "Producer.founded": like(2015),
    "Producer.address": _HOUSEHOLD._replace(example="Thôn Hà My, xã Thụy Ninh"),
    "Producer.phones": _HOUSEHOLD,
    "Producer.zalo": _HOUSEHOLD,
    "Producer.email": _HOUSEHOLD,
    "Producer.consent": Hint(
        "Chủ thể đồng ý cho đăng những gì, từ ngày nào.", "What the producer agreed to have published, and when."
    ),
    "Consent.scope": like(["phones", "address"]),
    "Outlet.address": like("Số 1 phố Lý Bôn"),
    "Outlet.hours": like("7 giờ đến 18 giờ hằng ngày"),
    "News.venue": like("Quảng trường 14-10"),
    "News.tags": like(["hội chợ"]),
    "Page.order": Hint("Số nhỏ đứng trước.", "Smaller numbers come first.", 10),
    # --- the site
    "Site.languages": Hint(
        "Ngôn ngữ đứng đầu là ngôn ngữ của mọi tệp gốc.",
        "The first is the one every entry is written in.",
        ["vi", "en"],
    ),
    "Site.address": Hint(
        "Không ghi thì trang chỉ dùng liên kết tương đối.",
        "If left out, the site has relative links only.",
        "https://example.vn/ocop/",
    ),
    "Site.repository": Hint(
        "Nơi gửi sửa đổi; có kho thì mỗi trang có liên kết “Sửa trang này”.",
        "Where changes are proposed; with it each page has a link “Edit this page”.",
        "https://github.com/owner/name",
    ),
    "Site.budgets": Hint(
        "Lệnh build --budget không đăng trang nào nặng hơn mức này.",
        "build --budget publishes nothing that is heavier than this.",
        {"product": 250, "listing": 500},
    ),
    "Site.brochures": Hint(
        "false: không làm tờ giới thiệu PDF; hợp với danh mục hàng nghìn sản phẩm.",
        "false: no PDF is made; this suits a catalogue of thousands of products.",
    ),
    "Site.installable": Hint(
        "false: điện thoại không lưu trang để xem khi mất mạng.",
        "false: phones keep no pages for use without network.",
    ),
    "Policies.alcohol_brochures": Hint(
        "Không ghi thì rượu không có mặt trong tờ giới thiệu.", "If left out, no brochure shows alcohol."
    ),
    "Editing.branch": like("main"),
    "Editing.folder": like("content"),
    "Editing.sign_in": Hint(
        "Không ghi thì sửa ngay trên trang của kho mã.", "If left out, pages are edited on the repository's own site."
    ),
    # --- other data files
    "Province.short": like("Hưng Yên"),
    "Province.into": Hint("Mã của nơi mới.", "The id of the new unit.", "hung-yen"),
    "Commune.district": like("thai-thuy"),
    "Commune.province": like("hung-yen"),
    "Commune.basis": Hint("Vì sao biết nơi mới là đâu.", "How it is known what it is part of now."),
    "District.province": like("thai-binh"),
    "Classification.version": like("QD26-2026"),
    "Sector.id": like("food"),
    "Sector.roman": like("I"),
    "Group.id": like("condiments"),
    "Group.sector": like("food"),
    "ProductSet.n": like(10),
    "ProductSet.id": like("other-condiments"),
    "ProductSet.group": like("condiments"),
    "OlderSector.now": like("food"),
    "Origin.outlet": like("Báo Thái Bình"),
    "Programme.abbreviation": like("OCOP"),
    "Support.source": Hint("Khóa của một nguồn trong sources.", "A key of sources.", "bao-thai-binh"),
    "Results.source": Hint("Khóa của một nguồn trong sources.", "A key of sources.", "bao-thai-binh"),
    "LaterFigures.source": Hint("Khóa của một nguồn trong sources.", "A key of sources.", "bao-thai-binh"),
    "Targets.source": Hint("Khóa của một nguồn trong sources.", "A key of sources.", "bao-thai-binh"),
    "KindCount.kind": like("cooperative"),
    "Target.id": like("products"),
    "Target.op": Hint("Ít nhất, đúng bằng, hoặc trong khoảng.", "At least, exactly, or in a range.", ">="),
    "Target.value": like(150),
    "Target.unit": like("product"),
}
"""By the model and the field: `Entry.name` is that of every kind of entry."""
