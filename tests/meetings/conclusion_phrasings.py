"""Conclusions as a chair speaks them and as notices word them, at a meeting on Thursday, 29 October 2026.

Each: the words; and what they give out: lead unit, supporting units, task, and of the deadline the kind of limit, the
date named and whether it is certain (or None).
"""

UNITS = [
    ("Thường trực Tỉnh ủy", "Thường trực"),
    ("Ban Tổ chức Tỉnh ủy", "Ban Tổ chức"),
    ("Ủy ban Kiểm tra Tỉnh ủy", "Ủy ban Kiểm tra"),
    ("Văn phòng Tỉnh ủy", "Văn phòng"),
    ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Ban Tuyên giáo và Dân vận"),
    ("Ban Nội chính Tỉnh ủy", "Ban Nội chính"),
    ("Đảng ủy Ủy ban nhân dân tỉnh", "Đảng ủy UBND tỉnh"),
    ("Sở Tư pháp", ""),
    ("Trường Chính trị tỉnh", "Trường Chính trị"),
]
PHRASINGS = [
    (
        "Giao Ban Tổ chức chủ trì, phối hợp với Văn phòng hoàn thiện dự thảo Quy chế trước ngày 10/11.",
        [("Ban Tổ chức", ["Văn phòng"], "Hoàn thiện dự thảo Quy chế", ("before", "2026-11-10", True))],
    ),
    (
        "Giao Ban Tổ chức Tỉnh ủy chủ trì, phối hợp với Ủy ban Kiểm tra, Đảng ủy UBND tỉnh và Văn phòng "
        "tiếp thu ý kiến, "
        "lập bảng so sánh quy chế cũ và mới; hoàn thành, trình Thường trực trước ngày 10/11.",
        [
            (
                "Ban Tổ chức",
                ["Ủy ban Kiểm tra", "Đảng ủy UBND tỉnh", "Văn phòng"],
                "Tiếp thu ý kiến, lập bảng so sánh quy chế cũ và mới; hoàn thành, trình Thường trực",
                ("before", "2026-11-10", True),
            )
        ],
    ),
    (
        "Ban Tổ chức chủ trì, phối hợp Ủy ban Kiểm tra rà soát nhiệm vụ của các Phó Bí thư, không để chồng "
        "chéo, xong trước 10/11.",
        [
            (
                "Ban Tổ chức",
                ["Ủy ban Kiểm tra"],
                "Rà soát nhiệm vụ của các Phó Bí thư, không để chồng chéo",
                ("before", "2026-11-10", True),
            )
        ],
    ),
    (
        "Đề nghị Sở Tư pháp thẩm định dự thảo, gửi Ban Tổ chức chậm nhất ngày 05/11.",
        [("Sở Tư pháp", [], "Thẩm định dự thảo, gửi Ban Tổ chức", ("by", "2026-11-05", True))],
    ),
    (
        "Yêu cầu Văn phòng gửi tài liệu đến các đại biểu trước ngày 03/11/2026.",
        [("Văn phòng", [], "Gửi tài liệu đến các đại biểu", ("before", "2026-11-03", True))],
    ),
    (
        "BTC chủ trì, UBKT và VP phối hợp rà soát Điều 5, đến hết tháng 11 báo cáo Thường trực.",
        [
            (
                "Ban Tổ chức",
                ["Ủy ban Kiểm tra", "Văn phòng"],
                "Rà soát Điều 5, báo cáo Thường trực",
                ("by", "2026-11-30", True),
            )
        ],
    ),
    (
        "Việc rà soát chương trình hành động do Ban Tuyên giáo và Dân vận chủ trì, Văn phòng phối hợp; hoàn "
        "thành trong quý IV/2026.",
        [
            (
                "Ban Tuyên giáo và Dân vận",
                ["Văn phòng"],
                "Việc rà soát chương trình hành động",
                ("by", "2026-12-31", True),
            )
        ],
    ),
    (
        "Giao đồng chí Trưởng Ban Tổ chức chỉ đạo hoàn thiện Điều 5 và Điều 6 trong tuần sau.",
        [("Ban Tổ chức", [], "Chỉ đạo hoàn thiện Điều 5 và Điều 6", ("by", "2026-11-06", False))],
    ),
    (
        "Giao Văn phòng:\n- Tổng hợp ý kiến góp ý bằng văn bản trước ngày 05/11;\n"
        "- Ban hành thông báo kết luận trong vòng 3 ngày làm việc kể từ ngày họp.",
        [
            ("Văn phòng", [], "Tổng hợp ý kiến góp ý bằng văn bản", ("before", "2026-11-05", True)),
            ("Văn phòng", [], "Ban hành thông báo kết luận", ("by", "2026-11-03", True)),
        ],
    ),
    (
        "Giao Ban Tổ chức: (1) Tiếp thu đầy đủ ý kiến; (2) Lập bảng so sánh, hoàn thành trước ngày 10/11.",
        [
            ("Ban Tổ chức", [], "Tiếp thu đầy đủ ý kiến", None),
            ("Ban Tổ chức", [], "Lập bảng so sánh", ("before", "2026-11-10", True)),
        ],
    ),
    (
        "Giao Ủy ban Kiểm tra hoàn thiện Quy chế làm việc của Ủy ban trước ngày 12/11; Ban Tổ chức hoàn "
        "thiện Quy chế làm "
        "việc của Tỉnh ủy trước ngày 10/11; báo cáo Thường trực.",
        [
            ("Ủy ban Kiểm tra", [], "Hoàn thiện Quy chế làm việc của Ủy ban", ("before", "2026-11-12", True)),
            (
                "Ban Tổ chức",
                [],
                "Hoàn thiện Quy chế làm việc của Tỉnh ủy; báo cáo Thường trực",
                ("before", "2026-11-10", True),
            ),
        ],
    ),
    (
        "Các cơ quan, đơn vị liên quan gửi ý kiến bằng văn bản về Văn phòng trước 17 giờ ngày 02/11 để tổng hợp.",
        [
            (
                "Các cơ quan, đơn vị liên quan",
                [],
                "Gửi ý kiến bằng văn bản về Văn phòng để tổng hợp",
                ("before", "2026-11-02", True),
            )
        ],
    ),
    (
        "Bốn cơ quan (Ban Tổ chức, Ủy ban Kiểm tra, Đảng ủy UBND tỉnh, Văn phòng) nghiêm túc tiếp thu ý "
        "kiến, xong trước 10/11.",
        [
            (
                "Ban Tổ chức",
                ["Ủy ban Kiểm tra", "Đảng ủy UBND tỉnh", "Văn phòng"],
                "Nghiêm túc tiếp thu ý kiến",
                ("before", "2026-11-10", True),
            )
        ],
    ),
    (
        "Giao Sở Tài chính chủ trì, phối hợp các sở, ban, ngành liên quan tham mưu bố trí kinh phí, thời "
        "hạn: 30/11/2026.",
        [("Sở Tài chính", ["các sở, ban, ngành liên quan"], "Tham mưu bố trí kinh phí", ("by", "2026-11-30", True))],
    ),
    (
        "Hoàn thiện Quy chế làm việc. Cơ quan chủ trì: Ban Tổ chức; cơ quan phối hợp: Văn phòng; thời hạn: "
        "trước ngày 10/11.",
        [("Ban Tổ chức", ["Văn phòng"], "Hoàn thiện Quy chế làm việc", ("before", "2026-11-10", True))],
    ),
    (
        "Về Chương trình hành động: giao Văn phòng lược bỏ phần trùng lặp, trình lại trước ngày 08/11.",
        [("Văn phòng", [], "Lược bỏ phần trùng lặp, trình lại", ("before", "2026-11-08", True))],
    ),
    (
        "Hoàn thành toàn bộ hồ sơ trước ngày 15/11.",
        [(None, [], "Hoàn thành toàn bộ hồ sơ", ("before", "2026-11-15", True))],
    ),
    (
        "Giao Ban Tổ chức nghiên cứu, tiếp thu ý kiến các đại biểu. Thời gian hoàn thành trước ngày 10/11/2026.",
        [("Ban Tổ chức", [], "Nghiên cứu, tiếp thu ý kiến các đại biểu", ("before", "2026-11-10", True))],
    ),
    (
        "Văn phòng có trách nhiệm gửi tài liệu đến các đại biểu chậm nhất 3 ngày trước hội nghị.",
        [("Văn phòng", [], "Gửi tài liệu đến các đại biểu", ("by", None, False))],
    ),
    (
        "Giao Văn phòng dự thảo thông báo kết luận, gửi xin ý kiến chậm nhất ngày 31/10, ban hành trước ngày 05/11.",
        [
            ("Văn phòng", [], "Dự thảo thông báo kết luận, gửi xin ý kiến", ("by", "2026-10-31", True)),
            ("Văn phòng", [], "Ban hành", ("before", "2026-11-05", True)),
        ],
    ),
    (
        "Đồng ý giao Ban Nội chính chủ trì xây dựng quy chế phối hợp, trình Ban Thường vụ trong tháng 12.",
        [("Ban Nội chính", [], "Xây dựng quy chế phối hợp, trình Ban Thường vụ", ("by", "2026-12-31", True))],
    ),
    (
        "Thống nhất giao cho Trường Chính trị tổ chức lớp bồi dưỡng trong quý I/2027.",
        [("Trường Chính trị", [], "Tổ chức lớp bồi dưỡng", ("by", "2027-03-31", True))],
    ),
    (
        "Phân công Ban Tuyên giáo và Dân vận tuyên truyền, phổ biến Quy chế sau khi ban hành.",
        [("Ban Tuyên giáo và Dân vận", [], "Tuyên truyền, phổ biến Quy chế sau khi ban hành", None)],
    ),
    (
        "Văn phòng sẽ tổng hợp, báo cáo Thường trực vào thứ Hai tuần tới.",
        [("Văn phòng", [], "Tổng hợp, báo cáo Thường trực", ("by", "2026-11-02", True))],
    ),
    (
        "Ban Tổ chức khẩn trương rà soát, hoàn thiện hồ sơ, gửi Sở Tư pháp trước 16h30 ngày 04/11.",
        [("Ban Tổ chức", [], "Khẩn trương rà soát, hoàn thiện hồ sơ, gửi Sở Tư pháp", ("before", "2026-11-04", True))],
    ),
    (
        "Đảng ủy UBND tỉnh phải có ý kiến bằng văn bản trong vòng 10 ngày kể từ ngày họp.",
        [("Đảng ủy UBND tỉnh", [], "Có ý kiến bằng văn bản", ("by", "2026-11-08", True))],
    ),
    (
        "Ban Tổ chức cùng với Ủy ban Kiểm tra thống nhất nội dung Điều 12 trước ngày 06/11.",
        [("Ban Tổ chức", ["Ủy ban Kiểm tra"], "Thống nhất nội dung Điều 12", ("before", "2026-11-06", True))],
    ),
    (
        "giao ban tổ chức chủ trì phối hợp với văn phòng hoàn thiện dự thảo xong trước 10/11",
        [("Ban Tổ chức", ["Văn phòng"], "Hoàn thiện dự thảo", ("before", "2026-11-10", True))],
    ),
    (
        "Giao Uỷ ban Kiểm tra Tỉnh uỷ chủ trì, phối hợp với các cơ quan liên quan rà soát; hoàn thành trong năm 2026.",
        [("Ủy ban Kiểm tra", ["các cơ quan liên quan"], "Rà soát", ("by", "2026-12-31", True))],
    ),
    (
        "1. Giao Ban Tổ chức hoàn thiện Quy chế làm việc trước ngày 10/11.\n2. Giao Ban Tổ chức phối hợp với Văn phòng "
        "chuẩn bị hội nghị.\n3. Hội nghị thống nhất với các nội dung khác của dự thảo.",
        [
            ("Ban Tổ chức", [], "Hoàn thiện Quy chế làm việc", ("before", "2026-11-10", True)),
            ("Ban Tổ chức", ["Văn phòng"], "Chuẩn bị hội nghị", None),
        ],
    ),
    # Reports and opinions give nothing out
    ("Ban Tổ chức đã hoàn thành dự thảo trước ngày 20/10.", []),
    ("Hội nghị thống nhất cao với dự thảo Quy chế.", []),
    ("Ban Thường vụ họp mỗi tháng một lần.", []),
    ("Nghị quyết số 18-NQ/TW, ngày 25/10/2017 yêu cầu tinh gọn bộ máy.", []),
    ("Thời gian qua, Văn phòng đang phối hợp tốt với các cơ quan.", []),
    ("Nghị quyết không chồng lên nghị quyết; văn bản phải ngắn gọn, dễ hiểu.", []),
]
